package io.qilin.flink;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink how {@link SourceMessage}s are written. */
public final class SourceMessageType extends TypeInfoFactory<SourceMessage> {
  /** Made by Flink. */
  public SourceMessageType() {}

  @Override
  public TypeInformation<SourceMessage> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> parameters) {
    return Forms.type(Forms.MESSAGE);
  }
}
