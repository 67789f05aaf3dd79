package io.qilin.mlflow;

import java.net.http.HttpHeaders;

/** An answer whose body was read to its end. */
final class Reply {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  Reply(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** Empty if the body went elsewhere. */
  byte[] body() {
    return body;
  }
}
