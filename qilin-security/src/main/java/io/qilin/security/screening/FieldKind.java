package io.qilin.security.screening;

/** What a field is meant to hold; it decides which characters it may have and which rules are run on it. */
public enum FieldKind {
  /** Any text, and the kind of every field that was not named: all rules. */
  TEXT,
  /** What people write, such as notes and headlines: rules that take prose for an attack are left out. */
  FREE_TEXT,
  /** One to 128 letters, digits and {@code _ . : @ -}; anything else is a finding. */
  IDENTIFIER,
  /** A decimal number of at most 64 characters, with sign and exponent; anything else is a finding. */
  NUMBER,
  /**
   * A factor expression: at most 4096 characters out of letters, digits, blanks and {@code $ _ . , ( ) + - * / % < > = !
   * & | ? : ^ ~}; anything else is a finding. Rules are not run on it, since the parser of expressions calls nothing.
   */
  EXPRESSION,
  /** A relative path below a folder: no {@code ..}, no root, no drive, no backslash, no percent sign; and all rules. */
  PATH
}
