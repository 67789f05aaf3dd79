package io.qilin.core.expression;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.jspecify.annotations.Nullable;

/**
 * An expression was refused: {@link ErrorCode#EXPRESSION_SYNTAX}, {@link ErrorCode#EXPRESSION_TYPE} or {@link
 * ErrorCode#EXPRESSION_LIMIT}. The message shows the place in the text and how to mend it:
 *
 * <pre>
 * QILIN-2100 unknown operator 'Means'
 *   Means($close,5)
 *   ^
 *   did you mean Mean(x, N)?
 * </pre>
 */
public final class ExpressionException extends QilinException {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final String detail;

  ExpressionException(
      ErrorCode code,
      String what,
      String text,
      int position,
      String hint,
      @Nullable Throwable cause) {
    this(code, what + "\n" + Caret.under(text, position) + "\n  " + hint, position, cause);
  }

  private ExpressionException(
      ErrorCode code, String detail, int position, @Nullable Throwable cause) {
    super(code, detail, cause);
    this.detail = detail;
    this.position = position;
  }

  /** Where the fault is: index of a {@code char} in the text, 0 to its length. */
  public int position() {
    return position;
  }

  /**
   * The same fault, with a message that begins with whose expression it is.
   *
   * @param owner for example {@code factor 'MA5'}
   */
  public ExpressionException of(String owner) {
    return new ExpressionException(code(), owner + ": " + detail, position, this);
  }
}
