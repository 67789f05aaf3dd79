package io.qilin.flink;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink how {@link FactorRow}s are written. */
public final class FactorRowType extends TypeInfoFactory<FactorRow> {
  /** Made by Flink. */
  public FactorRowType() {}

  @Override
  public TypeInformation<FactorRow> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> parameters) {
    return Forms.type(Forms.ROW);
  }
}
