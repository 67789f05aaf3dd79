package io.qilin.security.pipeline;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/** An {@link Authenticator} says that a credential proves nobody, with a reason for the audit log that the caller never sees. */
public final class NotAuthenticated extends QilinException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * The refusal.
   *
   * @param reason one fixed word, for example {@code EXPIRED}, and nothing that the caller sent
   * @throws QilinException INVALID_ARGUMENT unless it is 1 to 64 capital letters, digits and underscores
   */
  public NotAuthenticated(String reason) {
    super(ErrorCode.AUTHENTICATION, "the credential is not accepted");
    if (!reason.matches("[A-Z0-9_]{1,64}")) {
      throw QilinException.invalid(
          "a reason is one fixed word of capital letters, was " + QilinException.quote(reason));
    }
    this.reason = reason;
  }

  /** For the audit log. */
  public String reason() {
    return reason;
  }
}
