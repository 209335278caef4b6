//! The proxy over real connections, in front of a small conforming answerer.
