package io.qilin.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the modules and packages of Qilin may lean on each other. */
class ArchitectureTest {
  /** Libraries whose types stay behind the edge. */
  private static final String[] EDGE = {
    "com.google..",
    "io.github.bucket4j..",
    "tools.jackson..",
    "com.fasterxml..",
    "com.nimbusds..",
    "com.password4j..",
    "de.siegmar..",
    "org.apache.arrow..",
    "org.apache.parquet..",
    "io.airlift..",
    "ai.onnxruntime..",
    "com.github.benmanes..",
    "org.slf4j..",
    "org.snakeyaml..",
    "org.sqlite..",
    "com.microsoft.ml..",
    "io.github.metarank..",
    "info.picocli..",
    "picocli.."
  };

  @Test
  void whenImported_thenEveryModuleIsThere() {
    for (String module : List.of(
        "api",
        "core",
        "data",
        "agents",
        "security",
        "mlops",
        "ops",
        "testkit",
        "parquet",
        "examples")) {
      assertThat(QilinClasses.ALL.that(resideInAPackage("io.qilin." + module + "..")))
          .as(module)
          .isNotEmpty();
    }
    assertThat(QilinClasses.ALL.stream().map(JavaClass::getSimpleName))
        .doesNotContain("ArchitectureTest");
  }

  @ParameterizedTest
  @CsvSource({
    "api, ''",
    "core, api",
    "data, api core",
    "agents, api core",
    "security, api",
    "mlops, api core",
    "ops, api",
    "testkit, api",
    "arrow, api data",
    "flink, api core data",
    "kafka, api data",
    "langchain4j, api core agents",
    "mlflow, api mlops",
    "openlineage, api data",
    "opentelemetry, api agents",
    "parquet, api data",
    "restsource, api data",
    "spark, api core data",
    "spring, api core data agents security mlops ops",
    "vault, api security",
    "examples, api core data agents security mlops ops"
  })
  void whenAModuleUsesAnother_thenItIsOneAboveIt(String module, String above) {
    Set<String> allowed = Stream.of((module + " " + above).trim().split(" "))
        .map(name -> "io.qilin." + name)
        .collect(Collectors.toSet());
    noClasses()
        .that()
        .resideInAPackage("io.qilin." + module + "..")
        .should()
        .dependOnClassesThat(describe(
            "reside in another module than " + allowed,
            used -> isQilin(used) && !allowed.contains(root(used))))
        .allowEmptyShould(true)
        .check(QilinClasses.ALL);
  }

  @Test
  void whenTheApiUsesALibrary_thenItIsJSpecify() {
    classes()
        .that()
        .resideInAPackage("io.qilin.api..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(
            "io.qilin.api..",
            "java.lang..",
            "java.math..",
            "java.time..",
            "java.util..",
            "org.jspecify.."))
        .check(QilinClasses.ALL);
  }

  @Test
  void whenTheCoreUsesALibrary_thenItIsGuavaOrSlf4j() {
    classes()
        .that()
        .resideInAPackage("io.qilin.core..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(
            "io.qilin.api..",
            "io.qilin.core..",
            "java..",
            "org.jspecify..",
            "com.google..",
            "org.slf4j.."))
        .check(QilinClasses.ALL);
  }

  @Test
  void whenTheCoreCalculates_thenItOpensNoFileAndNoConnection() {
    noClasses()
        .that()
        .resideInAPackage("io.qilin.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..")
        .check(QilinClasses.ALL);
  }

  @Test
  void whenPackagesUseEachOther_thenThereIsNoCycle() {
    slices().matching("io.qilin.(**)").should().beFreeOfCycles().check(QilinClasses.ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "data", "agents"})
  void whenAPackageIsInternal_thenNoOtherModuleUsesIt(String module) {
    String root = "io.qilin." + module;
    noClasses()
        .that()
        .resideOutsideOfPackage(root + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + ".internal..")
        .check(QilinClasses.ALL);
  }

  @Test
  void whenThereIsAPackage_thenItIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : QilinClasses.ALL) {
      JavaPackage own = type.getPackage();
      if (!own.isAnnotatedWith(NullMarked.class)) {
        unmarked.add(own.getName());
      }
    }
    assertThat(unmarked)
        .as("packages without @NullMarked in their package-info")
        .isEmpty();
  }

  @Test
  void whenATypeIsPublic_thenItShowsNoTypeOfTheEdge() {
    // A bridge to a partner shows what it bridges to.
    classes()
        .that()
        .resideInAnyPackage(QilinClasses.RUNTIME)
        .and()
        .resideOutsideOfPackages("..internal..", "io.qilin.arrow..", "io.qilin.spark..")
        .and()
        .haveModifier(PUBLIC)
        .should(showNoTypeOf(resideInAnyPackage(EDGE)))
        .check(QilinClasses.ALL);
  }

  private static boolean isQilin(JavaClass type) {
    return type.getPackageName().startsWith("io.qilin.");
  }

  /** The root package of the class's module, for example {@code io.qilin.core}. */
  private static String root(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.");
    return String.join(".", List.of(parts).subList(0, 3));
  }

  private static ArchCondition<JavaClass> showNoTypeOf(DescribedPredicate<JavaClass> edge) {
    return new ArchCondition<>("show no type of the edge") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        shown(type)
            .filter(edge)
            .forEach(found -> events.add(SimpleConditionEvent.violated(
                type, type.getFullName() + " shows " + found.getFullName())));
      }
    };
  }

  /** Every type that stands in what the class shows to others, type arguments included. */
  private static Stream<JavaClass> shown(JavaClass type) {
    Stream<JavaType> parents =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    Stream<JavaType> fields = type.getFields().stream()
        .filter(field ->
            field.getModifiers().contains(PUBLIC) || field.getModifiers().contains(PROTECTED))
        .map(JavaField::getType);
    Stream<JavaType> calls = type.getCodeUnits().stream()
        .filter(
            unit -> unit.getModifiers().contains(PUBLIC) || unit.getModifiers().contains(PROTECTED))
        .flatMap(ArchitectureTest::types);
    return Stream.of(parents, fields, calls)
        .flatMap(types -> types)
        .flatMap(shown -> shown.getAllInvolvedRawTypes().stream())
        .distinct();
  }

  private static Stream<JavaType> types(JavaCodeUnit unit) {
    return Stream.of(
            Stream.of(unit.getReturnType()),
            unit.getParameterTypes().stream(),
            unit.getExceptionTypes().stream())
        .flatMap(types -> types);
  }
}
