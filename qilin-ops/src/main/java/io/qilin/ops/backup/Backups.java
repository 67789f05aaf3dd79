package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.ops.backup.BackupFinding.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Backups of the stores of a host, made while the stores are written, in the subfolders of one folder.
 *
 * <p>{@link #create} copies each part, checks the copy, notes the size and the SHA-256 of every file, and forces all of it to
 * the disk before the manifest gets its name: a backup is whole or it is none. What was acknowledged before {@code create} was
 * called is in it. {@link #verify} says what has changed since, file by file. {@link #restore} puts a copy into a folder that is
 * not there yet, never over a store that is. {@link #drill} restores to see whether it works and how long it takes.
 *
 * <p>Nothing in a backup is trusted as a path or followed as a link. Whoever can write the folder can replace a backup together
 * with its manifest: keep {@link Backup#digest} elsewhere, in the audit log for example, to see that.
 *
 * <p>Safe to share between threads. One backup is made or removed at a time, also by several processes: a second process, or a
 * second object on the same folder, gets CONFLICT, a second thread waits. A backup that is being read is not removed by this object. An interrupt ends the work with
 * CANCELLED and leaves nothing half.
 */
public final class Backups {
  private final Path root;
  private final Map<String, BackupPart> parts;
  private final Map<String, String> versions;
  private final Map<String, CopyCheck> rehearsals;
  private final Clock clock;
  private final LongSupplier ticker;
  private final BackupStore store;

  private Backups(Builder builder) {
    root = builder.root;
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(builder.parts));
    versions = Map.copyOf(builder.versions);
    rehearsals = Collections.unmodifiableMap(new LinkedHashMap<>(builder.rehearsals));
    clock = builder.clock;
    ticker = builder.ticker;
    store = new BackupStore(root);
  }

  /**
   * Begins a set of backups.
   *
   * @param root their folder, made when the first is; on a local disk, another one than the stores' if possible
   * @param clock stamps them
   * @param ticker monotonic nanoseconds, for how long a drill takes
   */
  public static Builder builder(Path root, Clock clock, LongSupplier ticker) {
    return new Builder(root, clock, ticker);
  }

  /** Gathers what is backed up. Not thread-safe. */
  public static final class Builder {
    private final Path root;
    private final Clock clock;
    private final LongSupplier ticker;
    private final Map<String, BackupPart> parts = new LinkedHashMap<>();
    private final Map<String, String> versions = new TreeMap<>();
    private final Map<String, CopyCheck> rehearsals = new LinkedHashMap<>();

    private Builder(Path root, Clock clock, LongSupplier ticker) {
      this.root = root.toAbsolutePath().normalize();
      this.clock = Objects.requireNonNull(clock, "clock");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /**
     * Adds a store. Parts are copied in this order: records first, then the files that they name.
     *
     * @throws QilinException INVALID_ARGUMENT if another has the name
     */
    public Builder part(BackupPart part) {
      if (parts.putIfAbsent(SafeName.part(part.name()), part) != null) {
        throw QilinException.invalid("two parts are named " + part.name());
      }
      return this;
    }

    /** States the version of something that wrote the stores, to be found in the manifest; none unless set. */
    public Builder version(String of, String version) {
      versions.put(Objects.requireNonNull(of, "of"), Objects.requireNonNull(version, "version"));
      return this;
    }

    /**
     * Adds a check for drills: it is given the folder with the restored parts, and may open and write them as the host would.
     *
     * @throws QilinException INVALID_ARGUMENT if another has the name
     */
    public Builder rehearsal(String name, CopyCheck check) {
      if (rehearsals.putIfAbsent(SafeName.part(name), Objects.requireNonNull(check, "check"))
          != null) {
        throw QilinException.invalid("two rehearsals are named " + name);
      }
      return this;
    }

    /**
     * Makes the set.
     *
     * @throws QilinException INVALID_ARGUMENT if there is no part
     */
    public Backups build() {
      if (parts.isEmpty()) {
        throw QilinException.invalid("there is nothing to back up; add a part");
      }
      return new Backups(this);
    }
  }

  /** The folder of the backups. */
  public Path root() {
    return root;
  }

  /**
   * Makes a backup. What earlier attempts left half done is removed first.
   *
   * @throws QilinException the code of the part that failed; RESOURCE_EXHAUSTED on a full disk; IO; CONFLICT while another
   *     process makes one; CANCELLED if the thread is interrupted. Nothing half is listed then
   */
  public Backup create() {
    return store.changing("making a backup", () -> {
      store.removeHalves();
      Instant began = clock.instant();
      long sequence = store.lastSequence() + 1;
      BackupFolder folder = new BackupFolder(root.resolve(BackupFolder.name(sequence, began)));
      boolean done = false;
      try {
        Backup backup = new Creation(folder, parts, versions, clock).run(sequence, began);
        Disk.force(root);
        done = true;
        return backup;
      } finally {
        if (!done) {
          store.discard(folder);
        }
      }
    });
  }

  /**
   * The backups that are there.
   *
   * @throws QilinException IO if the folder cannot be read; CANCELLED if the thread is interrupted
   */
  public BackupList list() {
    try {
      return store.list();
    } catch (IOException e) {
      throw BackupErrors.of("listing the backups in " + root, e);
    }
  }

  /** The newest backup with a readable manifest. */
  public Optional<Backup> newest() {
    List<Backup> all = list().backups();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /**
   * The backup of a name.
   *
   * @throws QilinException DATA_NOT_FOUND if there is none; STORE_DAMAGED if its manifest cannot be read
   */
  public Backup named(String name) {
    BackupList all = list();
    List<String> names = new ArrayList<>(all.unreadable().keySet());
    for (Backup backup : all.backups()) {
      if (backup.name().equals(name)) {
        return backup;
      }
      names.add(backup.name());
    }
    if (all.unreadable().containsKey(name)) {
      throw BackupErrors.damaged("the backup " + name + ": " + all.unreadable().get(name));
    }
    throw new QilinException(
        ErrorCode.DATA_NOT_FOUND,
        "there is no backup " + QilinException.quote(name) + " in " + root
            + NearestName.hint(name, names));
  }

  /**
   * Reads a backup whole: every file, that there are no others, and what the parts' checks say.
   *
   * @return what was found; a damaged backup is an answer and no error
   * @throws QilinException CANCELLED if the thread is interrupted
   */
  public BackupReport verify(Backup backup) {
    return store.using(backup.name(), folder -> inspect(backup, folder).report());
  }

  private Inspection inspect(Backup backup, BackupFolder folder) {
    Inspection inspection = new Inspection(backup.name());
    try {
      Manifest manifest = store.manifest(folder, backup);
      var named = manifest.paths();
      named.put(BackupFolder.MANIFEST, Disk.digest(folder.path().resolve(BackupFolder.MANIFEST)));
      named.put(BackupFolder.SUM, Disk.digest(folder.path().resolve(BackupFolder.SUM)));
      inspection.files(folder.path(), named);
      if (inspection.clean()) {
        inspection.parts(parts, manifest, folder.path().resolve(BackupFolder.DATA));
      }
    } catch (IOException e) {
      QilinException typed = BackupErrors.of("reading the backup " + backup.name(), e);
      if (typed.code() == ErrorCode.CANCELLED) {
        throw typed;
      }
      inspection.found(Problem.UNREADABLE, backup.name(), String.valueOf(typed.getMessage()));
    } catch (QilinException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      inspection.found(Problem.MANIFEST, BackupFolder.MANIFEST, String.valueOf(e.getMessage()));
    }
    return inspection;
  }

  /**
   * Puts a copy of a backup into a folder, each part into a subfolder of its name. The backup is verified first and the copy
   * after; only then does the folder get its name.
   *
   * @param target not there, or an empty folder; its parent is there
   * @return what the parts' checks said of the copy
   * @throws QilinException STORE_DAMAGED if the backup is not whole; CONFLICT if the target is in use; RESOURCE_EXHAUSTED on a
   *     full disk; IO. The target is as it was then
   */
  public BackupReport restore(Backup backup, Path target) {
    return store.using(backup.name(), folder -> {
      requireClean(inspect(backup, folder).report());
      try (Restoration restoration =
          Restoration.begin(target.toAbsolutePath().normalize(), backup)) {
        Manifest manifest = store.manifest(folder, backup);
        restoration.copy(folder, manifest);
        Inspection after = new Inspection(backup.name());
        restoration.inspect(after, manifest);
        if (after.clean()) {
          after.parts(parts, manifest, restoration.path());
        }
        requireClean(after.report());
        restoration.place();
        return after.report();
      } catch (IOException e) {
        throw BackupErrors.of("restoring " + backup.name() + " into " + target, e);
      }
    });
  }

  private static void requireClean(BackupReport report) {
    if (!report.clean()) {
      throw BackupErrors.damaged("the backup " + report.name()
          + " is not whole, nothing was restored; " + report.findings().size()
          + " findings, the first: " + report.findings().get(0));
    }
  }

  /**
   * Restores the newest backup into a folder, has the parts and the rehearsals look at it, and removes it again.
   *
   * @param target as in {@link #restore}; not there when this ends
   * @throws QilinException DATA_NOT_FOUND if there is no backup; as {@link #restore}; the code of a rehearsal that failed
   */
  public DrillReport drill(Path target) {
    return drill(
        newest()
            .orElseThrow(() -> new QilinException(
                ErrorCode.DATA_NOT_FOUND, "there is no backup in " + root + " to drill with")),
        target);
  }

  /** The same with a backup that is named. */
  public DrillReport drill(Backup backup, Path target) {
    long started = ticker.getAsLong();
    Duration age = Duration.between(backup.began(), clock.instant());
    Path restored = target.toAbsolutePath().normalize();
    BackupReport report = restore(backup, restored);
    Map<String, String> said = new TreeMap<>();
    try {
      for (Map.Entry<String, CopyCheck> one : rehearsals.entrySet()) {
        said.put(one.getKey(), rehearsed(one.getKey(), one.getValue(), restored));
      }
      Duration took = Duration.ofNanos(ticker.getAsLong() - started);
      return new DrillReport(
          backup, age.isNegative() ? Duration.ZERO : age, took, report.parts(), said);
    } finally {
      removeDrill(restored);
    }
  }

  private static String rehearsed(String name, CopyCheck check, Path restored) {
    try {
      return check.check(restored);
    } catch (Exception e) {
      throw BackupErrors.of("the rehearsal " + name, e);
    }
  }

  private static void removeDrill(Path restored) {
    try {
      Disk.remove(restored);
    } catch (IOException e) {
      throw BackupErrors.of("removing the drill's folder " + restored, e);
    }
  }

  /**
   * Removes the backups that a policy does not keep. The newest that is whole is found by verifying, which reads it, and is always
   * kept; if none is whole, nothing is removed. One whose manifest cannot be read, or that is being read, is left alone.
   *
   * @throws QilinException IO; CONFLICT while another process makes or removes one
   */
  public RetentionReport retain(Retention policy) {
    Objects.requireNonNull(policy, "policy");
    return store.changing("removing old backups", () -> {
      List<Backup> all = store.list().backups();
      Optional<String> sound = newestSound(all);
      Set<String> keep = policy.kept(all);
      sound.ifPresent(keep::add);
      List<String> kept = new ArrayList<>();
      List<String> removed = new ArrayList<>();
      for (Backup backup : all) {
        boolean goes =
            sound.isPresent() && !keep.contains(backup.name()) && store.removed(backup.name());
        (goes ? removed : kept).add(backup.name());
      }
      return new RetentionReport(kept, removed, sound);
    });
  }

  private Optional<String> newestSound(List<Backup> all) {
    Optional<String> sound = Optional.empty();
    for (int i = all.size() - 1; i >= 0 && sound.isEmpty(); i--) {
      if (verify(all.get(i)).clean()) {
        sound = Optional.of(all.get(i).name());
      }
    }
    return sound;
  }
}
