package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.backup.BackupFinding.Problem;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares files with what a manifest says of them. For one thread. */
final class Inspection {
  private static final int MOST_FINDINGS = 100;
  private static final int MOST_DEPTH = 20;

  private final String name;
  private final List<BackupFinding> findings = new ArrayList<>();
  private final SortedMap<String, String> said = new TreeMap<>();

  Inspection(String name) {
    this.name = name;
  }

  void found(Problem problem, String path, String message) {
    if (findings.size() < MOST_FINDINGS) {
      String quoted = QilinException.quote(path);
      findings.add(new BackupFinding(problem, quoted.substring(1, quoted.length() - 1), message));
    }
  }

  /** Looks at all files below a folder: those that are named, and that there are no others. */
  void files(Path root, SortedMap<String, FileDigest> named) throws IOException {
    SortedMap<String, FileDigest> missing = new TreeMap<>(named);
    look(root, "", missing, 1);
    missing.keySet().forEach(path -> found(Problem.MISSING, path, "is not there"));
  }

  private void look(Path folder, String prefix, SortedMap<String, FileDigest> missing, int depth)
      throws IOException {
    for (Path child : Disk.list(folder)) {
      String path = prefix + Disk.name(child);
      BasicFileAttributes kind = Disk.attributes(child);
      if (kind.isDirectory() && depth < MOST_DEPTH) {
        look(child, path + "/", missing, depth + 1);
      } else {
        FileDigest wanted = missing.remove(path);
        if (wanted == null) {
          found(Problem.EXTRA, path, "was not part of the backup");
        } else {
          compare(child, path, kind, wanted);
        }
      }
    }
  }

  private void compare(Path file, String path, BasicFileAttributes kind, FileDigest wanted)
      throws IOException {
    if (!kind.isRegularFile()) {
      found(Problem.EXTRA, path, "is no file but a link, a folder or a device");
      return;
    }
    try {
      FileDigest there = Disk.digest(file);
      if (there.size() != wanted.size()) {
        found(
            Problem.CHANGED,
            path,
            "has " + there.size() + " bytes, it was written with " + wanted.size());
      } else if (!there.equals(wanted)) {
        found(Problem.CHANGED, path, "has other bytes than it was written with");
      }
    } catch (NoSuchFileException e) {
      found(Problem.MISSING, path, "has just gone");
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      found(Problem.UNREADABLE, path, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /** Asks the parts that this host has; one that it does not have has its digests alone. */
  void parts(Map<String, BackupPart> parts, Manifest manifest, Path root) {
    for (String part : manifest.parts()) {
      BackupPart known = parts.get(part);
      if (known == null) {
        said.put(part, "no check of this part is known here");
      } else {
        part(known, root.resolve(part));
      }
    }
  }

  private void part(BackupPart part, Path copy) {
    try {
      said.put(part.name(), part.verify(copy));
    } catch (Exception e) {
      QilinException typed = BackupErrors.ofPart("the part " + part.name(), e);
      if (typed.code() == ErrorCode.CANCELLED) {
        throw typed;
      }
      found(Problem.REFUSED, part.name(), String.valueOf(typed.getMessage()));
    }
  }

  boolean clean() {
    return findings.isEmpty();
  }

  BackupReport report() {
    return new BackupReport(name, findings, said);
  }
}
