package io.qilin.api.error;

/**
 * Every way in which Qilin can fail, with a stable number, how bad it is, whether trying again can help, and what a
 * host should fall back to.
 *
 * <p>Numbers never change meaning. Ranges: 1xxx general (11xx models), 2xxx data, 3xxx agents, 4xxx trading, 5xxx system, 6xxx
 * security.
 */
public enum ErrorCode {
  /** A failure that Qilin did not foresee; please report it. */
  UNKNOWN(1000, Severity.ERROR, false, Degradation.NONE),
  /** A value handed to Qilin is not acceptable; the message names the value and what is accepted. */
  INVALID_ARGUMENT(1001, Severity.ERROR, false, Degradation.NONE),
  /** A setting is missing, unknown or out of range. */
  INVALID_CONFIGURATION(1002, Severity.ERROR, false, Degradation.NONE),
  /** What was asked for is not offered by this part; the message lists what is. */
  UNSUPPORTED(1003, Severity.ERROR, false, Degradation.NONE),
  /** The caller cancelled the work. */
  CANCELLED(1004, Severity.WARNING, false, Degradation.NONE),
  /** The input or the result is larger than the stated limit. */
  LIMIT_EXCEEDED(1005, Severity.ERROR, false, Degradation.NONE),

  /** Somebody else was faster, or what is there contradicts what was asked; look again before asking again. */
  CONFLICT(1006, Severity.ERROR, false, Degradation.NONE),

  /** A model file is damaged, hostile, or of a kind that is not offered. */
  MODEL_INVALID(1100, Severity.ERROR, false, Degradation.NONE),
  /** Features or rows do not fit the model; the message names what was expected and what came. */
  MODEL_MISMATCH(1101, Severity.ERROR, false, Degradation.NONE),
  /** A model gave what is no score: not finite, too few, or not the same twice. */
  MODEL_OUTPUT(1102, Severity.ERROR, false, Degradation.ABSTAIN),
  /** A training job failed; the message holds the trainer's own. */
  TRAINING_FAILED(1103, Severity.ERROR, true, Degradation.NONE),

  /** A source did not deliver. */
  DATA_FETCH(2000, Severity.ERROR, true, Degradation.CACHED_DATA),
  /** The data was refused by the quality policy. */
  DATA_QUALITY(2001, Severity.ERROR, false, Degradation.CACHED_DATA),
  /** A symbol, field, file or date is not there. */
  DATA_NOT_FOUND(2002, Severity.ERROR, false, Degradation.CACHED_DATA),
  /** A file or record is not in the form it claims; the message names file, line and column. */
  DATA_FORMAT(2003, Severity.ERROR, false, Degradation.CACHED_DATA),
  /** The date is not a trading day; the message names the nearest ones. */
  NOT_A_TRADING_DAY(2004, Severity.ERROR, false, Degradation.NONE),
  /** The date lies outside the span for which the calendar, the rules or the data are known. */
  DATE_OUT_OF_RANGE(2005, Severity.ERROR, false, Degradation.NONE),
  /** Two records contradict each other. */
  DATA_CONFLICT(2006, Severity.ERROR, false, Degradation.CACHED_DATA),
  /** Two providers claim one id, or no provider has the id asked for. */
  PROVIDER(2007, Severity.ERROR, false, Degradation.NONE),

  /** An expression does not parse; the message shows the place. */
  EXPRESSION_SYNTAX(2100, Severity.ERROR, false, Degradation.NONE),
  /** An expression parses, but an operator got an argument of the wrong kind or number. */
  EXPRESSION_TYPE(2101, Severity.ERROR, false, Degradation.NONE),
  /** An expression is longer, deeper or wider than the limits allow. */
  EXPRESSION_LIMIT(2102, Severity.ERROR, false, Degradation.NONE),
  /** An expression that is to be a factor reads the future. */
  LOOK_AHEAD(2103, Severity.ERROR, false, Degradation.NONE),

  /** An analyst failed. */
  ANALYST_FAILED(3000, Severity.WARNING, true, Degradation.ABSTAIN),
  /** An analyst did not answer in time. */
  ANALYST_TIMEOUT(3001, Severity.WARNING, true, Degradation.ABSTAIN),
  /** No analyst has this id. */
  ANALYST_NOT_FOUND(3002, Severity.ERROR, false, Degradation.NONE),
  /** A decision record is damaged or was written for other inputs. */
  RECORD_MISMATCH(3003, Severity.ERROR, false, Degradation.NONE),

  /** A language model's server cannot be reached, or failed. */
  LLM_UNAVAILABLE(3100, Severity.WARNING, true, Degradation.RULES),
  /** A language model's server refuses the caller or the question; asking again cannot help. */
  LLM_REFUSED(3101, Severity.ERROR, false, Degradation.RULES),
  /** A language model's server is asked too often. */
  LLM_RATE_LIMITED(3102, Severity.WARNING, true, Degradation.RULES),
  /** A language model did not answer in time. */
  LLM_TIMEOUT(3103, Severity.WARNING, true, Degradation.RULES),
  /** A language model's answer is not what was asked for, or too large. */
  LLM_INVALID_REPLY(3104, Severity.WARNING, true, Degradation.RULES),
  /** The tokens or the money for language models are used up. */
  LLM_BUDGET_EXHAUSTED(3105, Severity.WARNING, false, Degradation.RULES),
  /** A replay asks a language model what was never recorded. */
  LLM_NOT_RECORDED(3106, Severity.ERROR, false, Degradation.RULES),

  /** Trading failed for a reason not listed below. */
  TRADING(4000, Severity.ERROR, false, Degradation.MANUAL_INTERVENTION),
  /** An order breaks an exchange rule: lot, tick, price limit, session. */
  ORDER_INVALID(4001, Severity.ERROR, false, Degradation.MANUAL_INTERVENTION),
  /** A holding does not allow what was asked. */
  POSITION(4002, Severity.ERROR, false, Degradation.MANUAL_INTERVENTION),
  /** A risk rule forbids it. */
  RISK_LIMIT(4003, Severity.CRITICAL, false, Degradation.STOP_TRADING),
  /** The kill switch is on; a person must reset it. */
  KILL_SWITCH(4004, Severity.CRITICAL, false, Degradation.STOP_TRADING),
  /** There is not enough cash. */
  INSUFFICIENT_CASH(4005, Severity.ERROR, false, Degradation.MANUAL_INTERVENTION),

  /** The machine or the runtime failed. */
  SYSTEM(5000, Severity.CRITICAL, true, Degradation.NONE),
  /** Memory, disk or threads ran out. */
  RESOURCE_EXHAUSTED(5001, Severity.CRITICAL, true, Degradation.NONE),
  /** An operation did not end in time. */
  TIMEOUT(5002, Severity.ERROR, true, Degradation.NONE),
  /** The network failed. */
  NETWORK(5003, Severity.ERROR, true, Degradation.NONE),
  /** A file could not be read or written. */
  IO(5004, Severity.ERROR, true, Degradation.NONE),
  /** The store is busy or cannot be reached; what was to be written is not written. */
  STORE_UNAVAILABLE(5005, Severity.ERROR, true, Degradation.NONE),
  /** The store's file is no store, or is damaged; nothing was changed. */
  STORE_DAMAGED(5006, Severity.CRITICAL, false, Degradation.NONE),
  /** The store was written by a newer version of Qilin. */
  STORE_VERSION(5007, Severity.ERROR, false, Degradation.NONE),
  /** A metric that is watched is beyond its threshold; nothing failed by that. */
  METRIC_ALERT(5008, Severity.WARNING, false, Degradation.NONE),

  /** Who is calling could not be established. */
  AUTHENTICATION(6000, Severity.ERROR, false, Degradation.REFUSE),
  /** The caller may not do this. */
  AUTHORIZATION(6001, Severity.ERROR, false, Degradation.REFUSE),
  /** The caller asks too often. */
  RATE_LIMITED(6002, Severity.WARNING, true, Degradation.REFUSE),
  /** Untrusted input was refused before it was used. */
  INPUT_REJECTED(6003, Severity.ERROR, false, Degradation.REFUSE),
  /** The call looks like an attack. */
  THREAT(6004, Severity.CRITICAL, false, Degradation.REFUSE),
  /** The call needs a second factor that it does not carry. */
  STEP_UP_REQUIRED(6005, Severity.WARNING, false, Degradation.REFUSE),
  /** A key or secret is too weak, or known to everybody. */
  WEAK_KEY(6006, Severity.CRITICAL, false, Degradation.REFUSE),
  /** A key is unknown, revoked or destroyed. */
  KEY_UNAVAILABLE(6007, Severity.ERROR, false, Degradation.REFUSE),
  /** An algorithm is not offered. */
  ALGORITHM_UNSUPPORTED(6008, Severity.ERROR, false, Degradation.REFUSE),
  /** What was to be decrypted is damaged, moved, or of another key; which of these is not said. */
  DECRYPTION(6009, Severity.ERROR, false, Degradation.REFUSE),
  /** The audit log cannot be written, so nothing that must be audited may happen. */
  AUDIT_UNAVAILABLE(6010, Severity.CRITICAL, true, Degradation.REFUSE),
  /** The audit log was changed, cut or put in another order. */
  AUDIT_TAMPERED(6011, Severity.CRITICAL, false, Degradation.REFUSE),
  /** A secret cannot be had. */
  SECRET_UNAVAILABLE(6012, Severity.ERROR, true, Degradation.REFUSE),
  /** A part that security depends on failed, hangs or answers nonsense. */
  SECURITY_UNAVAILABLE(6013, Severity.CRITICAL, true, Degradation.REFUSE);

  /** How bad a failure is. */
  public enum Severity {
    /** Work goes on, with less. */
    WARNING,
    /** This call failed. */
    ERROR,
    /** A person should look now. */
    CRITICAL
  }

  /** What a host should do instead. */
  public enum Degradation {
    /** Nothing stands in for the result: report the error. */
    NONE,
    /** Use the last good copy, marked stale. */
    CACHED_DATA,
    /** Count the analyst as abstaining. */
    ABSTAIN,
    /** The result by rules stands, marked as such. */
    RULES,
    /** Hand the order to a person. */
    MANUAL_INTERVENTION,
    /** Send no more orders. */
    STOP_TRADING,
    /** Refuse the call. */
    REFUSE
  }

  private final int number;
  private final Severity severity;
  private final boolean retryable;
  private final Degradation degradation;

  ErrorCode(int number, Severity severity, boolean retryable, Degradation degradation) {
    this.number = number;
    this.severity = severity;
    this.retryable = retryable;
    this.degradation = degradation;
  }

  /** The stable number, for example 2003; printed as {@code QILIN-2003}. */
  public int number() {
    return number;
  }

  /** How bad it is. */
  public Severity severity() {
    return severity;
  }

  /** Whether the same call may succeed later without a change by the caller. */
  public boolean retryable() {
    return retryable;
  }

  /** What a host should do instead. */
  public Degradation degradation() {
    return degradation;
  }
}
