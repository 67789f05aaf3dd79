package io.qilin.data.csv;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.util.List;

/** What a file is taken for, and so what is demanded of it. */
enum CsvProfile {
  /** Daily bars of A-shares. */
  A_SHARE_BARS(
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME),
      VolumeUnit.AUTO,
      AmountUnit.AUTO),
  /** Any numbers of any instruments. */
  GENERIC(List.of(), VolumeUnit.SHARES, AmountUnit.YUAN);

  private final List<Field> required;
  private final VolumeUnit volumeUnit;
  private final AmountUnit amountUnit;

  CsvProfile(List<Field> required, VolumeUnit volumeUnit, AmountUnit amountUnit) {
    this.required = required;
    this.volumeUnit = volumeUnit;
    this.amountUnit = amountUnit;
  }

  List<Field> required() {
    return required;
  }

  VolumeUnit volumeUnit() {
    return volumeUnit;
  }

  AmountUnit amountUnit() {
    return amountUnit;
  }

  boolean infinities() {
    return this == GENERIC;
  }

  /**
   * Reads an instrument name.
   *
   * @throws CellException with the forms that are understood
   */
  Symbol symbol(String text) throws CellException {
    try {
      return this == GENERIC ? Symbol.parseAny(text) : Symbol.parse(text);
    } catch (QilinException e) {
      String message = String.valueOf(e.getMessage());
      throw new CellException(message.substring(message.indexOf(' ') + 1));
    }
  }
}
