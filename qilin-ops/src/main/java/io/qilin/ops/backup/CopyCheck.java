package io.qilin.ops.backup;

import java.nio.file.Path;

/** Looks at a copy. Implementations are safe to share between threads. */
@FunctionalInterface
public interface CopyCheck {
  /**
   * Checks a copy.
   *
   * @param copy a file or a folder, as the part says that takes this check
   * @return one line of what was found, without secrets
   * @throws Exception if the copy is not whole
   */
  String check(Path copy) throws Exception;
}
