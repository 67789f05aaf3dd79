package io.qilin.security.secret;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Secrets out of files, one each, below a folder: the secret {@code deepseek/api-key} is the file of that path. Each file has the
 * mode 0600 or a stricter one and is of the owner of its folder; symbolic links are refused, in the path below the folder too. The
 * text is UTF-8; one line break at its end is no part of it. Files are read each time, so that a new one counts at once. Safe to
 * share between threads.
 */
public final class FileSecrets implements SecretProvider {
  private static final int MOST_BYTES = 64 << 10;

  private final Path folder;

  private FileSecrets(Path folder) {
    this.folder = folder;
  }

  /** Secrets below a folder. */
  public static FileSecrets in(Path folder) {
    return new FileSecrets(folder.toAbsolutePath().normalize());
  }

  /**
   * The secret of a name.
   *
   * @throws QilinException INVALID_ARGUMENT for a name of another form; SECRET_UNAVAILABLE if the file is a link, may be read by
   *     others, is longer than 64 KiB, no text, or cannot be read; WEAK_KEY for a weak secret or a known placeholder
   */
  @Override
  public Optional<Secret> secret(String name) {
    Path at = folder;
    for (String part : SecretNames.check(name).split("/", -1)) {
      at = at.resolve(part);
      if (Files.isSymbolicLink(at)) {
        throw PrivateFiles.refused(at, "it is a symbolic link", null);
      }
    }
    if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    byte[] bytes = PrivateFiles.read(at, MOST_BYTES);
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String line = text.endsWith("\r\n")
          ? text.substring(0, text.length() - 2)
          : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      if (line.isEmpty()) {
        throw PrivateFiles.refused(at, "it is empty", null);
      }
      return Optional.of(SecretNames.strong(name, Secret.of(line)));
    } catch (CharacterCodingException e) {
      throw PrivateFiles.refused(at, "it is not well-formed UTF-8", null);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
