package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The programs on the pages are parts of programs and do not compile by themselves. Each must parse, name types that there are, and
 * call methods and constructors that take so many arguments. A page whose program is compiled and run has a test of its own.
 */
class DocProgramsTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static final List<String> JDK = List.of(
      "java.lang.",
      "java.io.",
      "java.math.",
      "java.net.",
      "java.net.http.",
      "java.nio.",
      "java.nio.channels.",
      "java.nio.charset.",
      "java.nio.file.",
      "java.security.",
      "java.sql.",
      "java.time.",
      "java.util.",
      "java.util.concurrent.",
      "java.util.concurrent.atomic.",
      "java.util.function.",
      "java.util.stream.",
      "javax.sql.",
      "com.sun.net.httpserver.");

  /** The host's own, which a page leaves to the reader. */
  private static final Set<String> HOST = Set.of("App", "Model", "ChaosHost");

  /** What can be called from outside, by simple name of the type. */
  private static final Map<String, List<JavaClass>> OWN = new HashMap<>();

  private static final Map<String, List<JavaCodeUnit>> METHODS = new HashMap<>();

  static {
    for (JavaClass type : QilinClasses.ALL) {
      OWN.computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>()).add(type);
      for (JavaCodeUnit method : type.getCodeUnits()) {
        if (!method.getModifiers().contains(JavaModifier.PRIVATE)) {
          METHODS.computeIfAbsent(method.getName(), name -> new ArrayList<>()).add(method);
        }
      }
    }
  }

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> docs = Files.list(DocPage.root().resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whenAPageShowsAProgram_thenWhatItCallsIsThere(Path page) throws IOException {
    Set<String> missing = new TreeSet<>();
    Matcher program = PROGRAM.matcher(Files.readString(page));
    while (program.find()) {
      new Calls(missing).scan(parsed(program.group(1)), null);
    }
    assertThat(missing).as("%s names what is not there", page.getFileName()).isEmpty();
  }

  /** Statements, of which the last may be open, or members of a class, or a value, or whole types with their imports. */
  private static CompilationUnitTree parsed(String text) throws IOException {
    List<String> wraps = List.of(
        "class Page { void run() throws Exception {\n" + text + "\n}}",
        "class Page { void run() throws Exception {\n" + text + "\n}}}",
        "class Page {\n" + text + "\n}",
        "class Page { Object value = \n" + text + "\n; }",
        text);
    List<Diagnostic<? extends JavaFileObject>> first = List.of();
    for (String source : wraps) {
      DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
      JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
          .getTask(null, null, problems, List.of("-proc:none"), null, List.of(file(source)));
      CompilationUnitTree tree = task.parse().iterator().next();
      if (problems.getDiagnostics().isEmpty()) {
        return tree;
      }
      first = first.isEmpty() ? problems.getDiagnostics() : first;
    }
    throw new AssertionError("no Java: " + first + "\n" + text);
  }

  private static JavaFileObject file(String source) {
    return new SimpleJavaFileObject(URI.create("page:///Page.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  /** Collects what is named and not there. */
  private static final class Calls extends TreeScanner<Void, Void> {
    private final Set<String> missing;
    private final Set<String> declared = new HashSet<>();

    private Calls(Set<String> missing) {
      this.missing = missing;
    }

    @Override
    public Void visitClass(com.sun.source.tree.ClassTree type, Void nothing) {
      declared.add(type.getSimpleName().toString());
      type.getMembers().stream()
          .filter(MethodTree.class::isInstance)
          .forEach(member -> declared.add(((MethodTree) member).getName().toString()));
      return super.visitClass(type, nothing);
    }

    @Override
    public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
      String name = identifier.getName().toString();
      boolean type = Character.isUpperCase(name.charAt(0))
          && !name.equals(name.toUpperCase(java.util.Locale.ROOT));
      if (type && !declared.contains(name) && !known(name)) {
        missing.add("type " + name);
      }
      return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
      ExpressionTree callee = call.getMethodSelect();
      int arguments = call.getArguments().size();
      if (callee instanceof MemberSelectTree select) {
        check(select.getExpression(), select.getIdentifier().toString(), arguments);
      }
      return super.visitMethodInvocation(call, nothing);
    }

    @Override
    public Void visitNewClass(NewClassTree creation, Void nothing) {
      String name = simple(creation.getIdentifier().toString());
      int arguments = creation.getArguments().size();
      boolean there = declared.contains(name)
          || HOST.contains(name)
          || OWN.getOrDefault(name, List.of()).stream()
              .flatMap(type -> type.getConstructors().stream())
              .anyMatch(made -> made.getRawParameterTypes().size() == arguments)
          || jdk(name).stream()
              .flatMap(type -> Arrays.stream(type.getConstructors()))
              .anyMatch(made -> takes(made, arguments))
          || creation.getClassBody() != null;
      if (!there) {
        missing.add("new " + name + " with " + arguments + " arguments");
      }
      return super.visitNewClass(creation, nothing);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, Void nothing) {
      String owner = simple(reference.getQualifierExpression().toString());
      String name = reference.getName().toString();
      if (OWN.containsKey(owner) && !name.equals("new") && !has(owner, name)) {
        missing.add(owner + "::" + name);
      }
      return super.visitMemberReference(reference, nothing);
    }

    private void check(ExpressionTree on, String method, int arguments) {
      String owner = simple(on.toString());
      if (OWN.containsKey(owner)) {
        if (OWN.get(owner).stream()
            .flatMap(type -> type.getAllMethods().stream())
            .noneMatch(unit -> unit.getName().equals(method) && takes(unit, arguments))) {
          missing.add(owner + "." + method + " with " + arguments + " arguments");
        }
      } else if (ofABuilder(on)
          && METHODS.getOrDefault(method, List.of()).stream()
              .noneMatch(unit -> takes(unit, arguments))) {
        missing.add("." + method + " with " + arguments + " arguments");
      }
    }

    /** Whether a chain of calls begins at a builder of Qilin, so that all of it is Qilin's. */
    private static boolean ofABuilder(ExpressionTree on) {
      ExpressionTree at = on;
      String first = "";
      while (at instanceof MethodInvocationTree call
          && call.getMethodSelect() instanceof MemberSelectTree select) {
        first = select.getIdentifier().toString();
        at = select.getExpression();
      }
      return first.equals("builder") && OWN.containsKey(simple(at.toString()));
    }

    private static boolean has(String owner, String method) {
      return OWN.get(owner).stream()
          .flatMap(type -> type.getAllMethods().stream())
          .anyMatch(unit -> unit.getName().equals(method));
    }
  }

  private static boolean known(String name) {
    return OWN.containsKey(name) || HOST.contains(name) || !jdk(name).isEmpty();
  }

  private static List<Class<?>> jdk(String name) {
    List<Class<?>> found = new ArrayList<>();
    for (String root : JDK) {
      load(root + name).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Class<?>> load(String name) {
    try {
      return Optional.of(Class.forName(name, false, DocProgramsTest.class.getClassLoader()));
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return Optional.empty();
    }
  }

  /** Of {@code Outer.Inner<T>} the last name. */
  private static String simple(String name) {
    String plain = name.replaceAll("<.*", "");
    return plain.substring(plain.lastIndexOf('.') + 1);
  }

  private static boolean takes(JavaCodeUnit unit, int arguments) {
    int parameters = unit.getRawParameterTypes().size();
    boolean varargs =
        parameters > 0 && unit.getRawParameterTypes().get(parameters - 1).isArray();
    return arguments == parameters || (varargs && arguments >= parameters - 1);
  }

  private static boolean takes(Executable unit, int arguments) {
    return arguments == unit.getParameterCount()
        || (unit.isVarArgs() && arguments >= unit.getParameterCount() - 1)
        || (unit instanceof Constructor<?> && unit.getParameterCount() == arguments);
  }
}
