package io.qilin.agents.analyst;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.plugin.Discovery;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The analysts that are there: Qilin's own with their standard formulas, and those that a plug-in
 * names in {@code META-INF/services/io.qilin.api.analysis.Analyst}. In the order of their ids,
 * whatever the order of the class path. Immutable.
 */
public final class Analysts {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

  private final NavigableMap<String, Analyst> byId;
  private final List<String> broken;

  /** An analyst and the name that it gave itself. */
  private record Entry(String id, Analyst analyst) {}

  private Analysts(NavigableMap<String, Analyst> byId, List<String> broken) {
    this.byId = byId;
    this.broken = List.copyOf(broken);
  }

  /**
   * Finds the analysts that the class path or module path of the calling thread offers.
   *
   * @throws QilinException INVALID_CONFIGURATION if two have one id
   */
  public static Analysts discover() {
    return from(Discovery.of(ServiceLoader.load(Analyst.class), Analysts::ask));
  }

  /**
   * Finds the analysts that a class loader offers.
   *
   * @throws QilinException INVALID_CONFIGURATION if two have one id
   */
  public static Analysts discover(ClassLoader loader) {
    return from(Discovery.of(
        ServiceLoader.load(Analyst.class, Objects.requireNonNull(loader, "loader")),
        Analysts::ask));
  }

  /**
   * Takes analysts that the caller made.
   *
   * @throws QilinException INVALID_CONFIGURATION if two have one id
   */
  public static Analysts of(Collection<? extends Analyst> analysts) {
    return from(Discovery.of(analysts, Analysts::ask));
  }

  private static Analysts from(Discovery<Entry> discovery) {
    NavigableMap<String, Analyst> byId = new TreeMap<>();
    for (Entry entry : discovery.found()) {
      Analyst other = byId.putIfAbsent(entry.id(), entry.analyst());
      if (other != null) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "two analysts have the id " + QilinException.quote(entry.id()) + ": "
                + other.getClass().getName() + " and "
                + entry.analyst().getClass().getName()
                + "; give one of them another id, or leave it out");
      }
    }
    return new Analysts(byId, discovery.broken().stream().sorted().toList());
  }

  private static Entry ask(Analyst analyst) {
    String id = analyst.id();
    if (!ID.matcher(id).matches()) {
      throw QilinException.invalid(
          "an id is 1 to 64 of a-z 0-9 -, was " + QilinException.quote(id));
    }
    return new Entry(id, analyst);
  }

  /** The ids, ascending. */
  public List<String> ids() {
    return List.copyOf(byId.keySet());
  }

  /** The analysts, in the order of their ids. */
  public Collection<Analyst> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** What could not be loaded: the class and why, one line each. */
  public List<String> broken() {
    return broken;
  }

  /**
   * The analyst of that id.
   *
   * @throws QilinException ANALYST_NOT_FOUND with the ids that are known, and what is broken
   */
  public Analyst get(String id) {
    Analyst found = byId.get(Objects.requireNonNull(id, "id"));
    if (found == null) {
      throw new QilinException(
          ErrorCode.ANALYST_NOT_FOUND,
          "no analyst has the id " + QilinException.quote(id) + "; known are "
              + String.join(", ", byId.keySet())
              + (broken.isEmpty() ? "" : "; not usable: " + String.join("; ", broken)));
    }
    return found;
  }
}
