package io.qilin.ops.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.config.ConfigLimits;
import io.qilin.ops.config.WrittenConfig;
import io.qilin.ops.config.WrittenValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A file of a configuration (YAML, JSON or properties) whose sealed values can be sealed anew under another key.
 *
 * <p>Only what stands between {@code ENC(} and {@code )} changes; comments, order and line ends stay, byte for byte. The file is
 * replaced as a whole: a temporary file beside it, fsync, atomic rename, fsync of the folder. After a crash it is the old or the
 * new one. Permissions, owner and group stay; access lists and extended attributes of the file system do not.
 *
 * <p>The file is refused if it is a link, if others than its owner may read or write it, or if they may write to its folder; where
 * the file system does not know (no POSIX permissions), the result says so. It is refused as a whole if one value cannot be read,
 * or is not written in one piece: on one line, without escapes.
 *
 * <p>Immutable; safe to share between threads. If two change one file at the same time, one of them is refused or its change lost
 * as a whole, so let one do it.
 */
public final class ConfigVaultFile {
  private final Path file;
  private final ConfigVault vault;

  private ConfigVaultFile(Path file, ConfigVault vault) {
    this.file = file;
    this.vault = vault;
  }

  /**
   * A file and the vault of its values.
   *
   * @param file its name ends in {@code .yaml}, {@code .yml}, {@code .json} or {@code .properties}
   * @param vault whose primary key is the new one, and which has the old ones too
   */
  public static ConfigVaultFile of(Path file, ConfigVault vault) {
    return new ConfigVaultFile(
        Objects.requireNonNull(file, "file").toAbsolutePath().normalize(),
        Objects.requireNonNull(vault, "vault"));
  }

  /** A piece of the text and what takes its place. */
  private record Piece(int from, String old, String fresh) {}

  /**
   * Seals all sealed values under the primary key. Those that are under it already stay as they are.
   *
   * @throws QilinException DATA_NOT_FOUND, INPUT_REJECTED if it is no private file, INVALID_CONFIGURATION for its form, what {@link
   *     ConfigVault#read} and {@link ConfigVault#seal} throw, CONFLICT if it changed meanwhile; nothing is written then.
   *     RESOURCE_EXHAUSTED or IO if it cannot be written; the message says whether the old or the new one is in place
   */
  public Rekeyed rekey() {
    String primary = vault
        .primaryKey()
        .orElseThrow(() -> new QilinException(
            ErrorCode.KEY_UNAVAILABLE,
            "this vault has no primary key to seal with, it only reads"));
    PrivateFile found = PrivateFile.read(file);
    byte[] bytes = found.bytes();
    List<WrittenValue> values = sealed(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    int[] lines = lines(text);
    List<Piece> pieces = new ArrayList<>();
    for (WrittenValue value : values) {
      Secret secret = vault.read(value.path(), value.text());
      if (!value.text().startsWith(SealedText.BEGIN + primary + ":")) {
        int from = text.indexOf(value.text(), lines[value.line() - 1]);
        if (from < 0) {
          throw inPieces(value);
        }
        pieces.add(new Piece(from, value.text(), vault.seal(value.path(), secret)));
      }
    }
    if (!pieces.isEmpty()) {
      byte[] fresh = put(text, pieces).getBytes(StandardCharsets.UTF_8);
      check(values, sealed(fresh), primary);
      FileReplacement.of(found, fresh);
    }
    return new Rekeyed(values.size(), pieces.size(), primary, found.checked());
  }

  private List<WrittenValue> sealed(byte[] bytes) {
    ConfigLimits limits = ConfigLimits.DEFAULT.withFileBytes(PrivateFile.MOST_BYTES);
    return WrittenConfig.parse(file, bytes, limits).values().stream()
        .filter(value -> ConfigVault.isSealed(value.text()))
        .toList();
  }

  /** Where lines begin; each ends with LF, CR or both. */
  private static int[] lines(String text) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
        starts.add(i + 1);
      }
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  private static String put(String text, List<Piece> pieces) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Piece piece :
        pieces.stream().sorted(Comparator.comparingInt(Piece::from)).toList()) {
      if (piece.from() < at) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "a sealed value stands in another; write each on a line of its own");
      }
      out.append(text, at, piece.from()).append(piece.fresh());
      at = piece.from() + piece.old().length();
    }
    return out.append(text, at, text.length()).toString();
  }

  /** What is about to be written is read back: the same places hold the same secrets, under the primary key. */
  private void check(List<WrittenValue> before, List<WrittenValue> after, String primary) {
    boolean same = before.size() == after.size();
    for (int i = 0; same && i < before.size(); i++) {
      WrittenValue old = before.get(i);
      WrittenValue fresh = after.get(i);
      same = old.path().equals(fresh.path())
          && fresh.text().startsWith(SealedText.BEGIN + primary + ":")
          && vault.read(old.path(), old.text()).equals(vault.read(fresh.path(), fresh.text()));
      if (!same) {
        throw inPieces(old);
      }
    }
    if (!same) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the file " + file
              + " cannot be changed safely; write each sealed value on a line of its own");
    }
  }

  private static QilinException inPieces(WrittenValue value) {
    return new QilinException(
        ErrorCode.INVALID_CONFIGURATION,
        value.origin() + " " + QilinException.quote(value.path())
            + " is not written in one piece; write it on one line of its own, without escapes");
  }

  /** Names the file. */
  @Override
  public String toString() {
    return "ConfigVaultFile[" + file + "]";
  }
}
