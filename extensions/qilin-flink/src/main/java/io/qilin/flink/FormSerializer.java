package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** A {@link Form} as Flink's serializer. Stateless but for the form, which is found by its name. */
final class FormSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private transient @Nullable Form<T> known;

  FormSerializer(String name) {
    this.name = name;
  }

  private Form<T> form() {
    Form<T> form = known;
    if (form == null) {
      form = Forms.of(name);
      known = form;
    }
    return form;
  }

  String name() {
    return name;
  }

  @Override
  public boolean isImmutableType() {
    return form().immutable();
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new FormSerializer<>(name);
  }

  /** Refused: there is no value without content, and Flink needs none. */
  @Override
  public T createInstance() {
    throw new QilinException(
        ErrorCode.UNSUPPORTED, "there is no empty " + name + "; read or make one");
  }

  @Override
  public T copy(T from) {
    return form().copy().apply(from);
  }

  @Override
  public T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView target) throws IOException {
    form().codec().write(value, target);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    return form().codec().read(source);
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FormSerializer<?> that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new FormSnapshot<>(name);
  }
}
