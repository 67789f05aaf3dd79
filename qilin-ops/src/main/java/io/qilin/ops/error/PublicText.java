package io.qilin.ops.error;

import io.qilin.api.error.ErrorCode;

/** What is said to a stranger about a code. */
final class PublicText {
  private static final int TRADING = 4;
  private static final int DATA = 2;
  private static final int ANALYSIS = 3;
  private static final int SECURITY = 6;
  private static final int RANGE = 1000;

  private PublicText() {}

  /** The code that a stranger is told. */
  static ErrorCode told(ErrorCode code) {
    return switch (code) {
      case AUTHENTICATION, AUTHORIZATION, RATE_LIMITED, STEP_UP_REQUIRED -> code;
      default -> code.number() / RANGE == SECURITY ? ErrorCode.AUTHORIZATION : code;
    };
  }

  static String of(ErrorCode told) {
    return switch (told) {
      case INVALID_ARGUMENT -> "A value of the call is not acceptable.";
      case UNSUPPORTED -> "What was asked for is not offered.";
      case CANCELLED -> "The call was cancelled.";
      case LIMIT_EXCEEDED -> "The call is larger than is allowed.";
      case CONFLICT -> "Somebody else was faster; look again.";
      case DATA_NOT_FOUND -> "There is no data for what was asked.";
      case NOT_A_TRADING_DAY -> "The day is not a trading day.";
      case DATE_OUT_OF_RANGE -> "The date lies outside the known span.";
      case EXPRESSION_SYNTAX, EXPRESSION_TYPE, EXPRESSION_LIMIT, LOOK_AHEAD ->
        "The expression is not acceptable.";
      case RISK_LIMIT -> "A risk rule forbids it.";
      case KILL_SWITCH -> "Trading is stopped.";
      case RESOURCE_EXHAUSTED -> "The service is at its limit; try again later.";
      case TIMEOUT -> "The call did not end in time.";
      case AUTHENTICATION -> "Who is calling could not be established.";
      case AUTHORIZATION -> "The call was refused.";
      case RATE_LIMITED -> "Too many calls; try again later.";
      case STEP_UP_REQUIRED -> "The call needs a second factor.";
      default -> ofRange(told);
    };
  }

  private static String ofRange(ErrorCode told) {
    return switch (told.number() / RANGE) {
      case DATA -> "The data could not be had.";
      case ANALYSIS -> "The analysis could not be made.";
      case TRADING -> "The order could not be placed.";
      default -> "Something went wrong.";
    };
  }
}
