package io.qilin.flink;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** A {@link Form} as Flink's type. */
final class FormType<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;

  private final String form;
  private final Class<T> type;

  FormType(String form, Class<T> type) {
    this.form = form;
    this.type = type;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new FormSerializer<>(form);
  }

  @Override
  public String toString() {
    return form;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FormType<?> that && form.equals(that.form);
  }

  @Override
  public int hashCode() {
    return form.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof FormType<?>;
  }
}
