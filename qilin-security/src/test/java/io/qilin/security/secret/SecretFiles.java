package io.qilin.security.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Private files for tests. */
final class SecretFiles {
  private SecretFiles() {}

  static FileSecrets written(Path folder, Map<String, String> secrets) throws IOException {
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      write(folder.resolve(secret.getKey()), secret.getValue(), "rw-------");
    }
    return FileSecrets.in(folder);
  }

  static void write(Path file, String text, String mode) throws IOException {
    Files.createDirectories(file.getParent());
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
