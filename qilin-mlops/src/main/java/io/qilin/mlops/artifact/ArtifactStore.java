package io.qilin.mlops.artifact;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Files below one folder of a local disk, each kept once under the SHA-256 of what is in it. What {@link #put} returned has
 * survived when the process or the machine stops in the next moment: a file is written under a name of its own, forced, renamed
 * into its place, and its folder is forced. What is read is what was put: every read checks the digest.
 *
 * <p>Several processes may use one folder. Memory is bounded by {@value #CHUNK} bytes a call, except where a call gives bytes.
 *
 * <p>A file that nothing refers to is garbage, which {@link #collect} removes; what is being registered is held:
 *
 * <pre>{@code
 * try (ArtifactHold hold = artifacts.put(model)) {
 *   database.write(connection -> refer(connection, hold.artifact()));
 * }
 * }</pre>
 *
 * <p>Safe to share between threads: it has no state but the disk's.
 */
public final class ArtifactStore {
  /** After how many days a hold that was never closed ends. */
  public static final int HOLD_DAYS = 7;

  private static final long HOLD_MILLIS = HOLD_DAYS * 86_400_000L;
  private static final long MOST_BYTES = 2L << 30;
  private static final int CHUNK = 1 << 16;

  private final ArtifactFolders folders;
  private final long mostBytes;
  private final Clock clock;

  private ArtifactStore(ArtifactFolders folders, long mostBytes, Clock clock) {
    this.folders = folders;
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  /**
   * Opens a store that takes artifacts of up to 2 GiB.
   *
   * @param folder made when it is not there; its parent must be
   * @param clock tells old holds
   * @throws QilinException IO or RESOURCE_EXHAUSTED if the folder cannot be made or written
   */
  public static ArtifactStore open(Path folder, Clock clock) {
    return open(folder, clock, MOST_BYTES);
  }

  /**
   * Opens a store.
   *
   * @param folder made when it is not there; its parent must be
   * @param clock tells old holds
   * @param mostBytes how many bytes an artifact may have, from 1
   * @throws QilinException IO or RESOURCE_EXHAUSTED if the folder cannot be made or written; INVALID_ARGUMENT if the limit is
   *     not positive
   */
  public static ArtifactStore open(Path folder, Clock clock, long mostBytes) {
    Objects.requireNonNull(clock, "clock");
    if (mostBytes < 1) {
      throw QilinException.invalid("an artifact may have 1 byte or more, not " + mostBytes);
    }
    ArtifactFolders folders = new ArtifactFolders(folder.toAbsolutePath().normalize());
    try {
      folders.make();
    } catch (IOException e) {
      throw ArtifactErrors.of("opening the store of artifacts", folders.root(), e);
    }
    return new ArtifactStore(folders, mostBytes, clock);
  }

  /**
   * Keeps what a stream gives, which is read to its end and not closed. Putting again what is there costs the same and mends it
   * if it was damaged.
   *
   * @return close it when what refers to the artifact is committed
   * @throws QilinException LIMIT_EXCEEDED if it is too long; IO or RESOURCE_EXHAUSTED if it cannot be read or written. Nothing
   *     is kept then
   */
  public ArtifactHold put(InputStream content) {
    Objects.requireNonNull(content, "content");
    try (FreshFile fresh = FreshFile.begin(folders, clock.millis())) {
      Artifact artifact = fresh.fill(content, mostBytes);
      return held(artifact, () -> {
        folders.makeFor(artifact.sha256());
        fresh.place(folders.object(artifact.sha256()));
      });
    } catch (IOException e) {
      throw ArtifactErrors.of("keeping an artifact", folders.root(), e);
    }
  }

  /** Keeps bytes; as {@link #put(InputStream)}. */
  public ArtifactHold put(byte[] content) {
    return put(new ByteArrayInputStream(content));
  }

  /**
   * Keeps the content of a file, which stays as it is; as {@link #put(InputStream)}.
   *
   * @throws QilinException DATA_NOT_FOUND if the file is not there
   */
  public ArtifactHold put(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      return put(content);
    } catch (NoSuchFileException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "there is no file " + file, e);
    } catch (IOException e) {
      throw ArtifactErrors.of("reading " + file, folders.root(), e);
    }
  }

  /**
   * Holds an artifact that is there, to refer to it once more.
   *
   * @throws QilinException DATA_NOT_FOUND if it is not there
   */
  public ArtifactHold hold(String sha256) {
    Artifact.requireDigest(sha256);
    try {
      Artifact artifact = new Artifact(sha256, size(sha256));
      return held(artifact, () -> {
        size(sha256);
        Path file = folders.object(sha256);
        ArtifactFolders.force(Objects.requireNonNullElse(file.getParent(), folders.objects()));
      });
    } catch (IOException e) {
      throw ArtifactErrors.of("holding an artifact", folders.root(), e);
    }
  }

  /** Whether it is there; its content is not checked. */
  public boolean contains(String sha256) {
    Artifact.requireDigest(sha256);
    try {
      size(sha256);
      return true;
    } catch (QilinException e) {
      if (e.code() == ErrorCode.DATA_NOT_FOUND) {
        return false;
      }
      throw e;
    } catch (IOException e) {
      throw ArtifactErrors.of("looking for an artifact", folders.root(), e);
    }
  }

  /**
   * The bytes of an artifact.
   *
   * @param most how many are read into memory at the most
   * @throws QilinException DATA_NOT_FOUND if it is not there; LIMIT_EXCEEDED if it is longer; STORE_DAMAGED if it is not what
   *     was put; IO if it cannot be read
   */
  public byte[] read(String sha256, int most) {
    Artifact.requireDigest(sha256);
    try (FileChannel channel = open(sha256)) {
      if (channel.size() > most) {
        throw ArtifactErrors.tooLarge("the artifact " + sha256, most);
      }
      byte[] content = new byte[(int) channel.size()];
      ByteBuffer into = ByteBuffer.wrap(content);
      int count = 0;
      while (count >= 0 && into.hasRemaining()) {
        count = channel.read(into);
      }
      byte[] whole = into.hasRemaining() ? Arrays.copyOf(content, into.position()) : content;
      if (!Sha256.hex(whole).equals(sha256)) {
        throw ArtifactErrors.damaged(sha256, folders.root());
      }
      return whole;
    } catch (IOException e) {
      throw ArtifactErrors.of("reading an artifact", folders.root(), e);
    }
  }

  /**
   * Copies an artifact into a stream, which is not closed. The file is checked first, so that nothing of a damaged one is
   * written, and once more while it is copied.
   *
   * @return how many bytes it had
   * @throws QilinException DATA_NOT_FOUND if it is not there; STORE_DAMAGED if it is not what was put; IO if it cannot be read,
   *     or the stream fails
   */
  public long copy(String sha256, OutputStream to) {
    Objects.requireNonNull(to, "to");
    Artifact.requireDigest(sha256);
    try (FileChannel channel = open(sha256)) {
      require(sha256, channel, OutputStream.nullOutputStream());
      return require(sha256, channel.position(0), to);
    } catch (IOException e) {
      throw ArtifactErrors.of("copying an artifact", folders.root(), e);
    }
  }

  /**
   * The file of an artifact, checked now, for what can read nothing but files. It is only to be read.
   *
   * @throws QilinException as {@link #copy}
   */
  public Path file(String sha256) {
    copy(sha256, OutputStream.nullOutputStream());
    return folders.object(sha256);
  }

  /**
   * Removes what nothing refers to and nobody holds, and what crashed processes left half written. Other threads and processes
   * may put, hold and read at the same time; nothing is removed that is referred to when this ends.
   *
   * @param referenced whether a committed record refers to a digest; it looks into the database as it is when it is asked, and
   *     may be asked twice for one digest. What it throws ends the collection, and nothing is lost
   * @throws QilinException IO if the folder cannot be read or changed
   */
  public Collected collect(Predicate<String> referenced) {
    Objects.requireNonNull(referenced, "referenced");
    try {
      return new Collection(folders, clock.millis(), clock.millis() - HOLD_MILLIS, referenced)
          .run();
    } catch (IOException e) {
      throw ArtifactErrors.of("collecting garbage", folders.root(), e);
    }
  }

  /** What is done while the artifact is held. */
  @FunctionalInterface
  private interface Placing {
    void run() throws IOException;
  }

  /** Holds an artifact, then puts it into place: a collection sees the one or the other. */
  private ArtifactHold held(Artifact artifact, Placing placing) throws IOException {
    ArtifactHold hold = new ArtifactHold(
        artifact, folders.reserve(folders.pins(), artifact.sha256() + "-", clock.millis()));
    boolean done = false;
    try {
      placing.run();
      done = true;
      return hold;
    } finally {
      if (!done) {
        hold.close();
      }
    }
  }

  private long size(String sha256) throws IOException {
    try (FileChannel channel = open(sha256)) {
      return channel.size();
    }
  }

  /** Opens a file; one that a collection is about to judge, or left behind, is put back first. */
  private FileChannel open(String sha256) throws IOException {
    Path file = folders.object(sha256);
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException first) {
      Collection.restore(folders, sha256);
      try {
        return FileChannel.open(file, StandardOpenOption.READ);
      } catch (NoSuchFileException e) {
        throw ArtifactErrors.missing(sha256, folders.root());
      }
    }
  }

  private long require(String sha256, FileChannel channel, OutputStream to) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    for (int count = channel.read(ByteBuffer.wrap(chunk));
        count >= 0;
        count = channel.read(ByteBuffer.wrap(chunk))) {
      bytes += count;
      digest.update(chunk, 0, count);
      to.write(chunk, 0, count);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
      throw ArtifactErrors.damaged(sha256, folders.root());
    }
    return bytes;
  }
}
