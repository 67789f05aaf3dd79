package io.qilin.ops.error;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Degradation;

/** How to mend what each code stands for, and what a host does meanwhile. A new code does not compile without its line here. */
final class ErrorAdvice {
  private ErrorAdvice() {}

  static String mend(ErrorCode code) {
    return switch (code) {
      case UNKNOWN -> "Look up the correlation id in the log and report the line";
      case INVALID_ARGUMENT -> "Correct the value that the message names";
      case INVALID_CONFIGURATION -> "Correct the setting that the message names";
      case UNSUPPORTED -> "Ask for something of the list in the message, or take another part";
      case CANCELLED -> "Nothing; call again if it was a mistake";
      case LIMIT_EXCEEDED -> "Ask for less, or raise the limit that the message names";
      case CONFLICT -> "Read again, then decide again";
      case MODEL_INVALID -> "Export the model anew; do not load it from elsewhere";
      case MODEL_MISMATCH -> "Give the model the features that it was trained on";
      case MODEL_OUTPUT -> "Take the model out of use and look at its inputs";
      case TRAINING_FAILED -> "Read the trainer's message; run the job again";
      case DATA_FETCH -> "Look at the source and at the state of its breaker";
      case DATA_QUALITY -> "Look at the findings of the quality report";
      case DATA_NOT_FOUND -> "Check the symbol, the field and the span";
      case DATA_FORMAT -> "Correct the file at the place that the message names";
      case NOT_A_TRADING_DAY -> "Take one of the days that the message names";
      case DATE_OUT_OF_RANGE -> "Stay within the span, or bring newer calendar data";
      case DATA_CONFLICT -> "Find out which of the two records is right";
      case PROVIDER -> "Take one of two providers off the class path, or correct the id";
      case EXPRESSION_SYNTAX -> "Correct the expression at the caret";
      case EXPRESSION_TYPE -> "Give the operator the arguments that the message names";
      case EXPRESSION_LIMIT -> "Make the expression smaller, or raise the limit";
      case LOOK_AHEAD -> "Use it as a label, or look back instead";
      case ANALYST_FAILED -> "Read the reason in the opinion; the others go on";
      case ANALYST_TIMEOUT -> "Give it more time, or less to look at";
      case ANALYST_NOT_FOUND -> "Take one of the ids that the message names";
      case RECORD_MISMATCH -> "Replay with the inputs of the record";
      case LLM_UNAVAILABLE -> "Look at the server; add a second model";
      case LLM_REFUSED -> "Check key, model name and question";
      case LLM_RATE_LIMITED -> "Ask less often, or get a larger allowance";
      case LLM_TIMEOUT -> "Give it more time, or a smaller question";
      case LLM_INVALID_REPLY -> "Look at the recorded reply; take another model if it stays";
      case LLM_BUDGET_EXHAUSTED -> "Wait for the next day, or raise the budget";
      case LLM_NOT_RECORDED -> "Record the run again";
      case TRADING -> "Look at the order at the broker before it is sent again";
      case ORDER_INVALID -> "Correct size, price or time; the message names what is allowed";
      case POSITION -> "Sell no more than is held and sellable (T+1)";
      case RISK_LIMIT -> "Make the order smaller; the rule is named";
      case KILL_SWITCH -> "A person finds the reason, then resets the switch";
      case INSUFFICIENT_CASH -> "Free cash, or make the order smaller";
      case SYSTEM -> "Look at the machine and the log";
      case RESOURCE_EXHAUSTED -> "Free memory, disk or threads, or raise the limit that is named";
      case TIMEOUT -> "Look at what was called; give it more time if it needs it";
      case NETWORK -> "Look at the way to the host that is named";
      case IO -> "Look at the file, its rights and the disk";
      case STORE_UNAVAILABLE -> "Look at the database; write again";
      case STORE_DAMAGED -> "Restore the last backup";
      case STORE_VERSION -> "Use the newer version of Qilin";
      case METRIC_ALERT -> "Look at the metric and the rule that the message names";
      case AUTHENTICATION -> "Log in again";
      case AUTHORIZATION -> "Ask for the role, or leave it";
      case RATE_LIMITED -> "Wait as long as the answer says";
      case INPUT_REJECTED -> "Look at what was sent";
      case THREAT -> "Look at the audit log";
      case STEP_UP_REQUIRED -> "Give the second factor";
      case WEAK_KEY -> "Make a random key of the length that is named";
      case KEY_UNAVAILABLE -> "Use a key that is active";
      case ALGORITHM_UNSUPPORTED -> "Use one of the listed algorithms";
      case DECRYPTION -> "Restore the text, or the key that it was sealed with";
      case AUDIT_UNAVAILABLE -> "Give the audit log room; it goes on by itself";
      case AUDIT_TAMPERED -> "Keep the files as evidence and find who could write them";
      case SECRET_UNAVAILABLE -> "Look at the store of secrets and the right to read it";
      case SECURITY_UNAVAILABLE -> "Look at the part that is named";
    };
  }

  static String instead(Degradation degradation) {
    return switch (degradation) {
      case NONE -> "report it";
      case CACHED_DATA -> "kept copy, marked with age and source";
      case ABSTAIN -> "the analyst abstains";
      case RULES -> "the result by rules, marked";
      case MANUAL_INTERVENTION -> "put the order aside for a person";
      case STOP_TRADING -> "stop trading";
      case REFUSE -> "refuse the call";
    };
  }
}
