package io.qilin.testkit.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What a disk holds after its power was cut: all that was forced; of what was written since each 512-byte sector or not; of
 * the names that were made, changed or taken away in a folder since that was forced, the first few.
 *
 * <p>This is harsher than most file systems are, but for one thing: the changes of names in one folder are lost from the end,
 * as journals keep their order.
 */
final class PowerLoss {
  private static final int SECTOR = 512;

  /** How many of the sectors that were not forced are kept. */
  private enum Luck {
    NONE,
    ALL,
    SOME
  }

  private final Map<String, DiskNode> base;
  private final List<DiskOperation> journal;
  private final Random random;
  private final Luck luck;

  /** For each file the bytes as they are put together. */
  private final Map<DiskNode, DiskNode> rebuilt = new HashMap<>();

  PowerLoss(Map<String, DiskNode> base, List<DiskOperation> journal, Random random) {
    this.base = base;
    this.journal = journal;
    this.random = random;
    int draw = random.nextInt(4);
    this.luck = draw == 0 ? Luck.NONE : draw == 1 ? Luck.ALL : Luck.SOME;
  }

  /** The files by name. */
  Map<String, DiskNode> state() {
    contents();
    Map<String, DiskNode> names = new HashMap<>();
    base.forEach((path, node) -> names.put(path, rebuilt(node)));
    for (int i : keptNames()) {
      DiskOperation operation = journal.get(i);
      if (operation instanceof DiskOperation.Created made) {
        names.put(made.path(), rebuilt(made.node()));
      } else if (operation instanceof DiskOperation.Renamed renamed) {
        names.remove(renamed.from());
        names.put(renamed.to(), rebuilt(renamed.node()));
      } else if (operation instanceof DiskOperation.Deleted deleted) {
        names.remove(deleted.path());
      }
    }
    names.keySet().removeIf(path -> !reachable(path, names));
    return names;
  }

  private static boolean reachable(String path, Map<String, DiskNode> names) {
    for (String at = parent(path); !at.equals("/"); at = parent(at)) {
      if (!names.containsKey(at)) {
        return false;
      }
    }
    return true;
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** The changes of names that last, in order. */
  private List<Integer> keptNames() {
    Map<String, List<Integer>> pending = new HashMap<>();
    Set<Integer> kept = new HashSet<>();
    for (int i = 0; i < journal.size(); i++) {
      DiskOperation operation = journal.get(i);
      if (operation instanceof DiskOperation.FolderForced forced) {
        List<Integer> lasting = pending.remove(forced.path());
        kept.addAll(lasting == null ? List.of() : lasting);
      }
      String folder = folder(operation);
      if (!folder.isEmpty()) {
        pending.computeIfAbsent(folder, any -> new ArrayList<>()).add(i);
      }
    }
    for (List<Integer> open : pending.values()) {
      int count = switch (luck) {
        case NONE -> 0;
        case ALL -> open.size();
        case SOME -> random.nextInt(open.size() + 1);
      };
      kept.addAll(open.subList(0, count));
    }
    return kept.stream().sorted().toList();
  }

  private static String folder(DiskOperation operation) {
    if (operation instanceof DiskOperation.Created made) {
      return parent(made.path());
    }
    if (operation instanceof DiskOperation.Renamed renamed) {
      return parent(renamed.to());
    }
    return operation instanceof DiskOperation.Deleted deleted ? parent(deleted.path()) : "";
  }

  private void contents() {
    Set<Integer> lasting = lasting();
    for (int i = 0; i < journal.size(); i++) {
      DiskOperation operation = journal.get(i);
      if (operation instanceof DiskOperation.Written written) {
        write(written, lasting.contains(i));
      } else if (operation instanceof DiskOperation.Resized resized
          && (lasting.contains(i) || keep())) {
        rebuilt(resized.node()).resize((int) resized.size());
      }
    }
  }

  /** The writes that a force made last. A force that failed gives those up that it was to write. */
  private Set<Integer> lasting() {
    Map<DiskNode, List<Integer>> pending = new HashMap<>();
    Set<Integer> lasting = new HashSet<>();
    for (int i = 0; i < journal.size(); i++) {
      DiskOperation operation = journal.get(i);
      if (operation instanceof DiskOperation.Written written) {
        pending.computeIfAbsent(written.node(), any -> new ArrayList<>()).add(i);
      } else if (operation instanceof DiskOperation.Resized resized) {
        pending.computeIfAbsent(resized.node(), any -> new ArrayList<>()).add(i);
      } else if (operation instanceof DiskOperation.Forced forced) {
        List<Integer> written = pending.remove(forced.node());
        lasting.addAll(written == null ? List.of() : written);
      } else if (operation instanceof DiskOperation.ForceFailed failed) {
        pending.remove(failed.node());
      }
    }
    return lasting;
  }

  private void write(DiskOperation.Written written, boolean lasts) {
    DiskNode node = rebuilt(written.node());
    int from = 0;
    while (from < written.length()) {
      long at = written.at() + from;
      int to = (int) Math.min(written.length(), from + SECTOR - at % SECTOR);
      if (lasts || keep()) {
        node.write(at, written.part(from, to));
      }
      from = to;
    }
  }

  private boolean keep() {
    return luck == Luck.ALL || (luck == Luck.SOME && random.nextBoolean());
  }

  private DiskNode rebuilt(DiskNode node) {
    return rebuilt.computeIfAbsent(node, DiskNode::beginning);
  }
}
