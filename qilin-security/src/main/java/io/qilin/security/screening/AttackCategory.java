package io.qilin.security.screening;

/** What a finding is taken for. */
public enum AttackCategory {
  /** Text that changes an SQL statement. */
  SQL_INJECTION,
  /** Markup or script that would run in a browser. */
  CROSS_SITE_SCRIPTING,
  /** A path that leaves its folder or names a file of the operating system. */
  PATH_TRAVERSAL,
  /** Text that a shell of Unix or Windows would run. */
  COMMAND_INJECTION,
  /** Java class names, serialized objects, expression languages and look-ups. */
  JAVA_INJECTION,
  /** Templates, NoSQL operators, prototypes, scripts of a server, addresses that only the server reaches. */
  APPLICATION_INJECTION,
  /** A request that two parsers read in two ways: smuggling, split headers, repeated encodings. */
  PROTOCOL,
  /** Text that forges lines of a log. */
  LOG_INJECTION,
  /** A document that grows when it is read, or nests too deep. */
  DOCUMENT_BOMB,
  /** More than a limit allows. */
  LIMIT,
  /** A field that does not hold what its kind allows. */
  FIELD_KIND,
  /** A check of the host, or the screener itself, failed; so the request is refused. */
  SCREENING_FAILED
}
