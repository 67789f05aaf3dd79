package io.qilin.security.token;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/** A refusal on its way to the verdict. What callers see of it is the same for every reason. */
final class TokenRefused extends QilinException {
  private static final long serialVersionUID = 1L;

  private static final String PUBLIC = "the token is not accepted; get a new one and try again";

  private final TokenRefusal reason;
  private final String detail;

  TokenRefused(TokenRefusal reason, String detail) {
    super(ErrorCode.AUTHENTICATION, PUBLIC);
    this.reason = reason;
    this.detail = detail;
  }

  TokenVerdict.Refused verdict() {
    return new TokenVerdict.Refused(reason, detail);
  }

  /** What the caller is told, whatever the reason. */
  static QilinException toTheCaller() {
    return new QilinException(ErrorCode.AUTHENTICATION, PUBLIC);
  }
}
