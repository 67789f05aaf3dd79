package io.qilin.data.internal.bars;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.data.bars.AmountUnit;
import io.qilin.data.bars.VolumeUnit;
import io.qilin.data.internal.CellException;
import java.util.List;

/** What a file is taken for, and so what is demanded of it. */
public enum BarProfile {
  /** Daily bars of A-shares. */
  A_SHARE_BARS(VolumeUnit.AUTO, AmountUnit.AUTO),
  /** Any numbers of any instruments. */
  GENERIC(VolumeUnit.SHARES, AmountUnit.YUAN);

  private final VolumeUnit volumeUnit;
  private final AmountUnit amountUnit;

  BarProfile(VolumeUnit volumeUnit, AmountUnit amountUnit) {
    this.volumeUnit = volumeUnit;
    this.amountUnit = amountUnit;
  }

  /** The fields that every file must have. */
  List<Field> required() {
    return this == GENERIC
        ? List.of()
        : List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME);
  }

  VolumeUnit volumeUnit() {
    return volumeUnit;
  }

  AmountUnit amountUnit() {
    return amountUnit;
  }

  /** Whether infinite values are values. */
  public boolean infinities() {
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
      throw new CellException("no instrument: " + message.substring(message.indexOf(' ') + 1));
    }
  }
}
