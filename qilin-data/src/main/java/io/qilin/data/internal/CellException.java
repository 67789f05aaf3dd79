package io.qilin.data.internal;

/** Says why a cell was refused; whoever knows its place turns it into a typed error. */
public final class CellException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public CellException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** What is wrong with the cell, and what would be right. */
  public String reason() {
    return reason;
  }
}
