package io.qilin.security.signing;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/** A refusal on its way to the verdict. */
final class SignatureRefused extends QilinException {
  private static final long serialVersionUID = 1L;

  private final SignatureRefusal reason;

  SignatureRefused(SignatureRefusal reason) {
    super(ErrorCode.AUTHENTICATION, "the signature of the request is not accepted");
    this.reason = reason;
  }

  SignatureVerdict.Refused verdict() {
    return new SignatureVerdict.Refused(reason);
  }
}
