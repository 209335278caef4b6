//! A null server has no memory.

use super::all;
use crate::proof::proxy::{Request, Upstream};

#[tokio::test]
async fn each_answers_the_same_to_the_same_request() {
    let session = uuid::Uuid::nil().to_string();
    let nobody = Upstream::new("http://localhost.invalid").unwrap();
    for server in all() {
        let running = server.start(nobody.clone()).await.unwrap();
        let upstream = Upstream::new(&running.url).unwrap();
        let request = || Request::with_session(hyper::Method::GET, "/profile", &session);
        let (first, second) = (
            upstream.send(request()).await,
            upstream.send(request()).await,
        );
        assert_eq!(first.hang_up, second.hang_up, "{}", server.id);
        assert_eq!(first.status, second.status, "{}", server.id);
        running.stop().await;
    }
}
