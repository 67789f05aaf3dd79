package io.qilin.core.expression;

import io.qilin.api.error.ErrorCode;

/** Makes the exceptions of one text. */
record Fault(String text) {
  ExpressionException syntax(int position, String what, String hint) {
    return new ExpressionException(ErrorCode.EXPRESSION_SYNTAX, what, text, position, hint);
  }

  ExpressionException type(int position, String what, String hint) {
    return new ExpressionException(ErrorCode.EXPRESSION_TYPE, what, text, position, hint);
  }

  ExpressionException limit(int position, String what, String hint) {
    return new ExpressionException(ErrorCode.EXPRESSION_LIMIT, what, text, position, hint);
  }
}
