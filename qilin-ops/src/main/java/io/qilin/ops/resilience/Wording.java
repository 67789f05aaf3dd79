package io.qilin.ops.resilience;

import io.qilin.api.error.ErrorCode;

/** Which codes the failures of the guard itself have, so that a decorated part keeps the contract of its interface. */
enum Wording {
  /** Of a call about which nothing is known. */
  GENERAL(ErrorCode.NETWORK, ErrorCode.RESOURCE_EXHAUSTED, ErrorCode.TIMEOUT, ErrorCode.UNKNOWN),
  /** Of a source of data. */
  DATA(ErrorCode.DATA_FETCH, ErrorCode.DATA_FETCH, ErrorCode.DATA_FETCH, ErrorCode.DATA_FETCH),
  /** Of a language model. */
  LLM(
      ErrorCode.LLM_UNAVAILABLE,
      ErrorCode.LLM_RATE_LIMITED,
      ErrorCode.LLM_TIMEOUT,
      ErrorCode.LLM_UNAVAILABLE),
  /** Of a broker; an unknown failure may have reached it. */
  BROKER(ErrorCode.NETWORK, ErrorCode.NETWORK, ErrorCode.TIMEOUT, ErrorCode.TIMEOUT);

  private final ErrorCode open;
  private final ErrorCode busy;
  private final ErrorCode late;
  private final ErrorCode unknown;

  Wording(ErrorCode open, ErrorCode busy, ErrorCode late, ErrorCode unknown) {
    this.open = open;
    this.busy = busy;
    this.late = late;
    this.unknown = unknown;
  }

  ErrorCode of(Refusal refusal) {
    return refusal == Refusal.OPEN ? open : busy;
  }

  ErrorCode late() {
    return late;
  }

  /** The code of a failure whose type says nothing. */
  ErrorCode unknown() {
    return unknown;
  }
}
