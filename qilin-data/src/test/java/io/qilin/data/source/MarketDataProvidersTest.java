package io.qilin.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.csv.CsvProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketDataProvidersTest {
  private static final Set<DataCapability> BARS = Set.of(DataCapability.DAILY_BARS);

  @TempDir
  Path folder;

  /** A provider that says what it is told to say. */
  private record Told(String id, int priority, Set<DataCapability> capabilities)
      implements MarketDataProvider {
    @Override
    public MarketDataSource open(Map<String, String> settings) {
      throw new UnsupportedOperationException();
    }
  }

  /** A provider whose constructor fails. */
  public static final class Failing implements MarketDataProvider {
    /** Fails. */
    public Failing() {
      throw new IllegalStateException("no licence key");
    }

    @Override
    public String id() {
      return "failing";
    }

    @Override
    public Set<DataCapability> capabilities() {
      return BARS;
    }

    @Override
    public MarketDataSource open(Map<String, String> settings) {
      throw new UnsupportedOperationException();
    }
  }

  /** A second provider with the id of the CSV files. */
  public static final class SecondCsv implements MarketDataProvider {
    /** For the loader. */
    public SecondCsv() {}

    @Override
    public String id() {
      return "csv";
    }

    @Override
    public Set<DataCapability> capabilities() {
      return BARS;
    }

    @Override
    public MarketDataSource open(Map<String, String> settings) {
      throw new UnsupportedOperationException();
    }
  }

  private MarketDataProviders discover(String... classes) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(MarketDataProvider.class.getName()), String.join("\n", classes) + "\n");
    try (URLClassLoader loader = onlyTheseServices()) {
      return MarketDataProviders.discover(loader);
    }
  }

  /** Sees the classes of the tests, but only the services of the folder. */
  private URLClassLoader onlyTheseServices() throws MalformedURLException {
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader()) {
      @Override
      public java.util.Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
      }
    };
  }

  @Test
  void whenDiscovered_thenTheBuiltInOnesAreThere() {
    assertThat(MarketDataProviders.discover().ids()).contains("csv");
    assertThat(MarketDataProviders.discover().get("csv")).isInstanceOf(CsvProvider.class);
  }

  @Test
  void whenTheIdIsUnknown_thenTheKnownOnesAreListed() {
    MarketDataProviders providers =
        MarketDataProviders.of(List.of(new Told("b", 0, BARS), new Told("a", 0, BARS)));
    assertThatThrownBy(() -> providers.get("tushare\n"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
        .hasMessageContaining("'tushare\\u000A'")
        .hasMessageContaining("known are a [DAILY_BARS], b [DAILY_BARS]");
    assertThatThrownBy(() -> MarketDataProviders.of(List.of()).get("csv"))
        .hasMessageContaining("none is installed");
  }

  @Test
  void whenOrdered_thenByPriorityThenId() {
    MarketDataProviders providers = MarketDataProviders.of(List.of(
        new Told("c", 5, BARS),
        new Told("b", 0, BARS),
        new Told("a", 0, Set.of(DataCapability.values())),
        new Told("d", 9, Set.of(DataCapability.SECURITIES))));
    assertThat(providers.ids()).containsExactly("d", "c", "a", "b");
    assertThat(providers.best(BARS).id()).isEqualTo("c");
    assertThat(providers.best(Set.of()).id()).isEqualTo("d");
    assertThat(providers.best(Set.of(DataCapability.values())).id()).isEqualTo("a");
    MarketDataProviders bars = MarketDataProviders.of(List.of(new Told("b", 0, BARS)));
    assertThatThrownBy(() -> bars.best(Set.of(DataCapability.SECURITIES)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
        .hasMessageContaining("[SECURITIES]")
        .hasMessageContaining("b [DAILY_BARS]");
  }

  @Test
  void whenTwoHaveOneId_thenBothClassesAreNamed() {
    assertThatThrownBy(() -> discover(CsvProvider.class.getName(), SecondCsv.class.getName()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
        .hasMessageContaining(CsvProvider.class.getName())
        .hasMessageContaining(SecondCsv.class.getName());
  }

  @Test
  void whenSomeAreBroken_thenTheOthersWorkAndTheBrokenAreNamed() throws IOException {
    MarketDataProviders providers = discover(
        "com.example.Missing",
        Failing.class.getName(),
        MarketDataProvidersTest.class.getName(),
        CsvProvider.class.getName());
    assertThat(providers.ids()).containsExactly("csv");
    assertThat(providers.broken())
        .hasSize(3)
        .anyMatch(line -> line.contains("com.example.Missing"))
        .anyMatch(line -> line.contains("not a subtype"))
        .anyMatch(line -> line.contains("Failing") && line.contains("no licence key"));
    assertThatThrownBy(() -> providers.get("failing"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
        .hasMessageContaining("not usable")
        .hasMessageContaining("Failing");
  }

  @Test
  void whenAClassIsDamaged_thenTheOthersWorkAndItIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("com/example"));
    Files.writeString(folder.resolve("com/example/Damaged.class"), "this is no class");
    MarketDataProviders providers = discover("com.example.Damaged", CsvProvider.class.getName());
    assertThat(providers.ids()).containsExactly("csv");
    assertThat(providers.broken())
        .singleElement()
        .asString()
        .contains("ClassFormatError", "com/example/Damaged");
  }

  @Test
  void whenAProviderAnswersBadly_thenItIsBroken() {
    MarketDataProviders providers =
        MarketDataProviders.of(List.of(new Told("Bad Id", 0, BARS), new Told("good", 0, BARS)));
    assertThat(providers.ids()).containsExactly("good");
    assertThat(providers.broken()).singleElement().asString().contains("Told", "Bad Id");
  }
}
