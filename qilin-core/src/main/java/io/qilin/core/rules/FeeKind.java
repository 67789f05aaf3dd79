package io.qilin.core.rules;

/** The public costs of a trade. */
enum FeeKind {
  STAMP_TAX,
  TRANSFER,
  HANDLING,
  REGULATORY
}
