package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Expression;

/** Refuses expressions that read what a panel does not hold. */
final class MissingNames {
  private MissingNames() {}

  static void check(String owner, Expression expression, Panel panel) {
    for (Field field : expression.fields()) {
      if (!panel.has(field)) {
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            owner + " reads " + field + ", which the panel does not hold; "
                + suggestion(field, panel));
      }
    }
    for (Symbol instrument : expression.instruments()) {
      if (panel.find(instrument).isEmpty()) {
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            owner + " reads " + instrument + ", which is not among the "
                + panel.symbols().size() + " instruments of the panel; add it to the panel");
      }
    }
  }

  /** The nearest field that there is, or all of them. */
  static String suggestion(Field field, Panel panel) {
    return NearestName.of(field.name(), panel.fields().stream().map(Field::name).toList())
        .map(near -> "did you mean $" + near + "?")
        .orElse("it holds " + panel.fields());
  }
}
