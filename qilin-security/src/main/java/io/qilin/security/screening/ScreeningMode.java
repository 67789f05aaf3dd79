package io.qilin.security.screening;

/** What happens to a request whose score reaches the threshold. */
public enum ScreeningMode {
  /** It is refused. */
  BLOCK,
  /** It passes with its findings; only limits and failures refuse. For trying rules out, not for production. */
  DETECT
}
