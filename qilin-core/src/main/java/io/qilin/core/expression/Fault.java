package io.qilin.core.expression;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/** Makes the exceptions of one text. */
record Fault(String text) {
  ExpressionException syntax(int position, String what, String hint) {
    return new ExpressionException(ErrorCode.EXPRESSION_SYNTAX, what, text, position, hint, null);
  }

  ExpressionException type(int position, String what, String hint) {
    return new ExpressionException(ErrorCode.EXPRESSION_TYPE, what, text, position, hint, null);
  }

  ExpressionException type(int position, String what, String hint, QilinException cause) {
    return new ExpressionException(ErrorCode.EXPRESSION_TYPE, what, text, position, hint, cause);
  }

  ExpressionException limit(int position, String what, String hint) {
    return new ExpressionException(ErrorCode.EXPRESSION_LIMIT, what, text, position, hint, null);
  }
}
