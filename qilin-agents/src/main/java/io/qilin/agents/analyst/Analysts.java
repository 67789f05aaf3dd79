package io.qilin.agents.analyst;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Spliterator;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The analysts that are there: Qilin's own with their standard formulas, and those that a plug-in
 * names in {@code META-INF/services/io.qilin.api.analysis.Analyst}. In the order of their ids,
 * whatever the order of the class path. Immutable.
 */
public final class Analysts {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int MOST_FAILURES = 100;
  private static final int MOST_TEXT = 300;

  private final NavigableMap<String, Analyst> byId;
  private final List<String> broken;

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
    return from(ServiceLoader.load(Analyst.class));
  }

  /**
   * Finds the analysts that a class loader offers.
   *
   * @throws QilinException INVALID_CONFIGURATION if two have one id
   */
  public static Analysts discover(ClassLoader loader) {
    return from(ServiceLoader.load(Analyst.class, Objects.requireNonNull(loader, "loader")));
  }

  /**
   * Takes analysts that the caller made.
   *
   * @throws QilinException INVALID_CONFIGURATION if two have one id
   */
  public static Analysts of(Collection<? extends Analyst> analysts) {
    Found found = new Found();
    analysts.forEach(found::add);
    return found.end();
  }

  private static Analysts from(ServiceLoader<Analyst> loader) {
    Found found = new Found();
    Spliterator<ServiceLoader.Provider<Analyst>> offers = loader.stream().spliterator();
    for (boolean more = true; more && found.broken.size() < MOST_FAILURES; ) {
      try {
        more = offers.tryAdvance(found::load);
      } catch (ServiceConfigurationError e) {
        found.broken.add(oneLine(String.valueOf(e.getMessage())));
      }
    }
    return found.end();
  }

  /** Asks each analyst once who it is, so that a bad answer is met here and nowhere else. */
  private static final class Found {
    private final NavigableMap<String, Analyst> byId = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();

    private void load(ServiceLoader.Provider<Analyst> offer) {
      Analyst analyst;
      try {
        analyst = offer.get();
      } catch (ServiceConfigurationError e) {
        fail(offer.type(), e.getCause() == null ? e : e.getCause());
        return;
      }
      add(analyst);
    }

    private void add(Analyst analyst) {
      String id;
      try {
        id = idOf(analyst);
      } catch (RuntimeException | LinkageError e) {
        fail(analyst.getClass(), e);
        return;
      }
      Analyst other = byId.putIfAbsent(id, analyst);
      if (other != null) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "two analysts have the id " + QilinException.quote(id) + ": "
                + other.getClass().getName() + " and " + analyst.getClass().getName()
                + "; give one of them another id, or leave it out");
      }
    }

    private static String idOf(Analyst analyst) {
      String id = analyst.id();
      if (!ID.matcher(id).matches()) {
        throw QilinException.invalid(
            "an id is 1 to 64 of a-z 0-9 -, was " + QilinException.quote(id));
      }
      return id;
    }

    private void fail(Class<?> type, Throwable why) {
      broken.add(oneLine(
          type.getName() + " (" + why.getClass().getSimpleName() + ": " + why.getMessage() + ")"));
    }

    private Analysts end() {
      broken.sort(null);
      return new Analysts(byId, broken);
    }
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MOST_TEXT ? line : line.substring(0, MOST_TEXT) + "...";
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
