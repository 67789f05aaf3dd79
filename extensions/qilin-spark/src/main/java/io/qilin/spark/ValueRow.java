package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.BinaryView;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.unsafe.types.VariantVal;

/**
 * A row that Spark reads out of columns of Qilin, cell by cell, and cannot change: what is not overridden it does not have. It
 * moves from row to row, so that it must be copied to be kept.
 */
abstract class ValueRow extends InternalRow {
  private static final long serialVersionUID = 1L;

  private static QilinException absent(String what) {
    return new QilinException(ErrorCode.UNSUPPORTED, "a row of Qilin's columns has no " + what);
  }

  @Override
  public void setNullAt(int i) {
    throw absent("cells that change");
  }

  @Override
  public void update(int i, Object value) {
    throw absent("cells that change");
  }

  @Override
  public InternalRow copy() {
    throw absent("copy; project it first");
  }

  @Override
  public boolean getBoolean(int ordinal) {
    throw absent("BOOLEAN");
  }

  @Override
  public byte getByte(int ordinal) {
    throw absent("BYTE");
  }

  @Override
  public short getShort(int ordinal) {
    throw absent("SHORT");
  }

  @Override
  public int getInt(int ordinal) {
    throw absent("INT");
  }

  @Override
  public long getLong(int ordinal) {
    throw absent("LONG");
  }

  @Override
  public float getFloat(int ordinal) {
    throw absent("FLOAT");
  }

  @Override
  public double getDouble(int ordinal) {
    throw absent("DOUBLE");
  }

  @Override
  public Decimal getDecimal(int ordinal, int precision, int scale) {
    throw absent("DECIMAL");
  }

  @Override
  public UTF8String getUTF8String(int ordinal) {
    throw absent("STRING");
  }

  @Override
  public byte[] getBinary(int ordinal) {
    throw absent("BINARY");
  }

  @Override
  public BinaryView getBinaryView(int ordinal) {
    throw absent("BINARY");
  }

  @Override
  public CalendarInterval getInterval(int ordinal) {
    throw absent("INTERVAL");
  }

  @Override
  public VariantVal getVariant(int ordinal) {
    throw absent("VARIANT");
  }

  @Override
  public InternalRow getStruct(int ordinal, int numFields) {
    throw absent("STRUCT");
  }

  @Override
  public ArrayData getArray(int ordinal) {
    throw absent("ARRAY");
  }

  @Override
  public MapData getMap(int ordinal) {
    throw absent("MAP");
  }

  @Override
  public Object get(int ordinal, DataType dataType) {
    throw absent("cell of any type");
  }
}
