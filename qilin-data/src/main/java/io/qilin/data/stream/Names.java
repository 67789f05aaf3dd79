package io.qilin.data.stream;

import java.io.DataInput;
import java.io.IOException;

/** Constants by their names, as they stand in files. */
final class Names {
  private Names() {}

  static <E extends Enum<E>> E read(Class<E> type, DataInput in) throws IOException {
    String name = in.readUTF();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new IOException("there is no " + type.getSimpleName() + " of the name " + name);
  }
}
