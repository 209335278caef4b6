//! The same answers in other forms of HTTP/1 (RFC 9112), and at other speeds.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(super) const FREEDOMS: &[Row] = &[
    ("slow-answers", "Every answer takes 20 milliseconds longer.",
     &[], ANY, Whole(|usual| usual.whole(|_, request, upstream| async move {
         tokio::time::sleep(Duration::from_millis(20)).await;
         upstream.send(request).await
     }))),
    ("slow-first-answer",
     "The first answer takes three seconds, as where a server warms up at its first request.",
     &[], ANY, Whole(|usual| {
         // Once warm, it starts again quickly.
         let warm = Arc::new(AtomicBool::new(false));
         usual.whole(move |_, request, upstream| {
             let warm = warm.swap(true, Ordering::Relaxed);
             async move {
                 if !warm {
                     tokio::time::sleep(Duration::from_secs(3)).await;
                 }
                 upstream.send(request).await
             }
         })
     })),
    ("one-writer-busy", "A write that comes while another is under way is turned away with 503.",
     &["REG-7", "LOGIN-9"], ANY, Whole(|usual| usual.whole(|_, request, upstream| async move {
         if request.method == Method::GET {
             return upstream.send(request).await;
         }
         if upstream.state().count("writes") > 1 {
             return Response::page(503);
         }
         let response = upstream.send(request).await;
         upstream.state().forget("writes");
         response
     }))),
    ("slow-bodies", "Bodies come in small pieces with a pause before each.",
     &[], ANY, On(|| Transport { pieces: Some(Duration::from_millis(1)), ..Transport::default() })),
    ("haste-500", "A request that comes within two milliseconds of the last answer fails with 500.",
     &["HTTP-5", "REG-7", "LOGIN-9", "PROFILE-5"], ANY,
     Hasty(Duration::from_millis(2), 0, || Response::page(500))),
    ("http-10",
     "Answers are HTTP/1.0 and end their connection, as the document's transcripts show.",
     &[], ANY, On(|| Transport { http_10: true, close: true, ..Transport::default() })),
    ("http-10-until-close",
     "Answers are HTTP/1.0 without a length: the end of the connection ends the body.",
     &[], ANY, On(|| Transport { http_10: true, close: true, pieces: Some(Duration::ZERO), ..Transport::default() })),
    ("http-chunked", "Bodies come in chunks of a few bytes.",
     &[], ANY, On(|| Transport { pieces: Some(Duration::ZERO), ..Transport::default() })),
    ("http-close", "Every answer closes its connection and says so.",
     &[], ANY, On(|| Transport { close: true, ..Transport::default() })),
    ("http-header-case", "The names of headers begin their words with capitals.",
     &[], ANY, On(|| Transport { title_case: true, ..Transport::default() })),
    ("http-early-hints", "An interim answer 103 goes ahead of each answer.",
     &[], ANY,
     On(|| Transport { close: true, interim: Some("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"), ..Transport::default() })),
    ("http-processing", "Two interim answers 102 go ahead of each answer.",
     &[], ANY,
     On(|| Transport { close: true, interim: Some("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"), ..Transport::default() })),
    ("http-continue", "An interim answer 100 goes ahead of each answer, though nobody expects one.",
     &[], ANY,
     On(|| Transport { close: true, interim: Some("HTTP/1.1 100 Continue\r\n\r\n"), ..Transport::default() })),
    ("http-continue-and-hints", "Interim answers 100 and 103 go ahead of each answer.",
     &[], ANY,
     On(|| Transport { close: true, interim: Some("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n"), ..Transport::default() })),
    ("http-no-reason",
     "The status line has an empty reason phrase, as Tomcat and Go's proxies write it.",
     &[], ANY, On(|| Transport { no_reason: true, ..Transport::default() })),
    ("http-byte-by-byte", "Answers come byte by byte.",
     &[], ANY, On(|| Transport { byte_by_byte: true, ..Transport::default() })),
    ("one-at-a-time", "One connection is served at a time, and closed after its answer.",
     &[], ANY, On(|| Transport { serial: true, close: true, ..Transport::default() })),
    ("one-at-a-time-http-10",
     "One connection is served at a time, in HTTP/1.0, as by Python's own server.",
     &[], ANY, On(|| Transport { serial: true, close: true, http_10: true, title_case: true, ..Transport::default() })),
];
