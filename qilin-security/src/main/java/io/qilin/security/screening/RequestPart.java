package io.qilin.security.screening;

/** Where in a request a finding is. */
public enum RequestPart {
  /** The method. */
  METHOD,
  /** The path of the target. */
  PATH,
  /** A parameter of the query. */
  QUERY,
  /** A header other than cookies. */
  HEADER,
  /** A cookie. */
  COOKIE,
  /** The body, or a field in it. */
  BODY,
  /** A text that was handed over by itself. */
  TEXT
}
