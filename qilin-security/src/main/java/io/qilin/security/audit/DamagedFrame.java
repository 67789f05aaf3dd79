package io.qilin.security.audit;

/** What stands at a place in a file is no whole, undamaged frame. Caught inside this package. */
final class DamagedFrame extends Exception {
  private static final long serialVersionUID = 1L;

  private final AuditFinding.Problem problem;
  private final String reason;

  DamagedFrame(AuditFinding.Problem problem, String message) {
    super(message);
    this.problem = problem;
    this.reason = message;
  }

  /** The message, which is always there. */
  String reason() {
    return reason;
  }

  AuditFinding.Problem problem() {
    return problem;
  }
}
