package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** In a savepoint: the name of the form and its version. Public as Flink makes it. */
public final class FormSnapshot<T> implements TypeSerializerSnapshot<T> {
  private String name;
  private int version = Form.VERSION;

  /** For Flink. */
  public FormSnapshot() {
    this("");
  }

  FormSnapshot(String name) {
    this.name = name;
  }

  @Override
  public int getCurrentVersion() {
    return 1;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(name);
    out.writeInt(Form.VERSION);
  }

  @Override
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
      throws IOException {
    name = in.readUTF();
    version = in.readInt();
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    try {
      Forms.named(name);
    } catch (QilinException e) {
      throw JobChecks.permanent(e);
    }
    if (version != Form.VERSION) {
      throw JobChecks.permanent(new QilinException(
          ErrorCode.STORE_VERSION,
          "the savepoint has values of the form " + name + " in version " + version
              + ", this version of qilin-flink reads " + Form.VERSION
              + "; read it with the version that wrote it"));
    }
    return new FormSerializer<>(name);
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> before) {
    boolean same = before instanceof FormSnapshot<T> that
        && name.equals(that.name)
        && that.version == Form.VERSION;
    return same
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
