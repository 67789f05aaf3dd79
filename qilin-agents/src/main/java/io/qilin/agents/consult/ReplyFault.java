package io.qilin.agents.consult;

/** What is wrong with a model's answer, so that the opinion by rules stands. */
public enum ReplyFault {
  /** It holds no text. */
  EMPTY(true),
  /** It has more than 64 KiB. */
  TOO_LARGE(true),
  /** It was cut off at its most tokens. */
  CUT_OFF(true),
  /** The model or its server refused to answer. */
  REFUSED(false),
  /** It asks for a tool that it was not given, or goes on asking. */
  TOOL_NOT_GIVEN(true),
  /** It is not one JSON object: other text, a list, two objects, comments, a trailing comma, or nested too deeply. */
  NOT_JSON(true),
  /** A member is there twice. */
  DUPLICATE_MEMBER(true),
  /** A member is missing. */
  MISSING_MEMBER(true),
  /** A member is there that was not asked for. */
  UNKNOWN_MEMBER(true),
  /** A member is of another type. */
  WRONG_TYPE(true),
  /** It is about another share. */
  WRONG_CODE(true),
  /** Score or confidence is not in [0, 1]. */
  OUT_OF_RANGE(true),
  /** The recommendation is none of BUY, SELL, HOLD. */
  WRONG_WORD(true),
  /** It has too many reasons, or one that is too long. */
  TOO_MANY_WORDS(true);

  private final boolean mendable;

  ReplyFault(boolean mendable) {
    this.mendable = mendable;
  }

  /** Whether asking once more may help. */
  public boolean mendable() {
    return mendable;
  }
}
