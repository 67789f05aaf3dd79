package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of one backup: {@code data/PART/…}, {@code manifest.sha256} and {@code manifest.json}.
 *
 * <p>It is a backup from the moment when the manifest has its name, which is the last that happens and happens at once. Removing
 * one begins with that name.
 *
 * @param path where it is
 */
record BackupFolder(Path path) {
  static final String DATA = "data";
  static final String MANIFEST = "manifest.json";
  static final String SUM = "manifest.sha256";

  private static final String UNFINISHED = "manifest.json.new";
  private static final int DIGITS = 10;
  private static final long MOST = 9_999_999_999L;
  private static final Pattern NAME = Pattern.compile("([0-9]{" + DIGITS + "})-[0-9]{8}T[0-9]{6}Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The first and last moment that a name can hold. */
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  static String name(long sequence, Instant at) {
    if (sequence > MOST) {
      throw new QilinException(ErrorCode.LIMIT_EXCEEDED, "there have been " + MOST + " backups");
    }
    Instant shown = at.isBefore(FIRST) ? FIRST : at.isAfter(LAST) ? LAST : at;
    String digits = Long.toString(sequence);
    return "0".repeat(DIGITS - digits.length()) + digits + "-" + TIME.format(shown);
  }

  /** The number in a name; 0 if it is no name of a backup. */
  static long sequence(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  Path data(String part) {
    return path.resolve(DATA).resolve(part);
  }

  boolean whole() throws IOException {
    return Disk.exists(path.resolve(MANIFEST));
  }

  /** The manifest, if it belongs to this folder and is the one of which the sum was taken. */
  Manifest manifest() throws IOException {
    byte[] json = Disk.read(path.resolve(MANIFEST), ManifestJson.MOST_BYTES);
    Manifest manifest = ManifestJson.read(json);
    String name = Disk.name(path);
    if (!manifest.backup().name().equals(name) || manifest.backup().sequence() != sequence(name)) {
      throw BackupErrors.damaged("the manifest in " + name + " is that of another backup: "
          + QilinException.quote(manifest.backup().name()));
    }
    byte[] sum = sum(manifest.backup().digest());
    if (!Arrays.equals(sum, sumThere())) {
      throw BackupErrors.damaged("the manifest of " + name + " is not the one that was written: "
          + SUM + " names another digest");
    }
    return manifest;
  }

  private byte[] sumThere() throws IOException {
    try {
      return Disk.read(path.resolve(SUM), 1_000);
    } catch (NoSuchFileException e) {
      throw new QilinException(
          ErrorCode.STORE_DAMAGED, SUM + " of " + Disk.name(path) + " is missing", e);
    }
  }

  /** As {@code sha256sum} writes it. */
  private static byte[] sum(String digest) {
    return (digest + "  " + MANIFEST + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Makes the folder a backup. All else in it is on the disk. */
  Backup commit(Manifest manifest) throws IOException {
    byte[] json = ManifestJson.write(manifest);
    if (json.length > ManifestJson.MOST_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the manifest of " + Disk.name(path) + " is longer than " + ManifestJson.MOST_BYTES
              + " bytes; split the stores between two folders of backups");
    }
    Manifest read = ManifestJson.read(json);
    Disk.write(path.resolve(SUM), sum(read.backup().digest()));
    Disk.write(path.resolve(UNFINISHED), json);
    Disk.force(path);
    Files.move(path.resolve(UNFINISHED), path.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
    Disk.force(path);
    return read.backup();
  }

  /** Removes it: from the first step on it is no backup any more. */
  void remove() throws IOException {
    if (whole()) {
      Files.delete(path.resolve(MANIFEST));
      Disk.force(path);
    }
    Disk.remove(path);
  }
}
