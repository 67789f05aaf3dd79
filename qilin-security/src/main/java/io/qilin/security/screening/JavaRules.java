package io.qilin.security.screening;

import static io.qilin.security.screening.AttackCategory.JAVA_INJECTION;

import java.util.List;

/** What makes a program in Java load, look up or call something of the attacker's choice. */
final class JavaRules {
  static final List<Rule> RULES = List.of(
      Rule.of(
          "QS-JAVA-01",
          JAVA_INJECTION,
          "classes that start programs, and gadgets of deserialization",
          "\\bjava\\.[\\w.]{0,40}(runtime|processbuilder)\\b",
          "\\bjava\\.[a-z].*\\b(processbuilder|unmarshaller|base64data|clonetransformer|forclosure|instantiatefactory|instantiatetransformer|invokertransformer|prototypeclonefactory|prototypeserializationfactory|whileclosure|filewriter|xmldecoder|getproperty)\\b",
          "\\b(processbuilder|getruntime)\\b",
          "\\b(clonetransformer|forclosure|instantiatefactory|instantiatetransformer|invokertransformer|chainedtransformer|constanttransformer|lazymap|transformingcomparator|prototypeclonefactory|prototypeserializationfactory|whileclosure|templatesimpl|badattributevalueexpexception|jdbcrowsetimpl|unmarshaller|base64data|xmldecoder"
              + "|annotationinvocationhandler|beancomparator|hotswappabletargetsource|jndirealm|commonscollections\\d?|methodclosure|convertedclosure|fnconstant|unicastref|marshalledobject|signedobject|urlclassloader|scriptenginemanager|nashornscriptengine|elprocessor|beanfactory|rmiconnector|ldaprealm|processimpl|unixprocess|commonsbeanutils\\d?|propertypathfactorybean|defaultbeanfactorypointcutadvisor|jtatransactionmanager|c3p0\\w*|jndiconverter|ognlcontext|valueexpression)\\b",
          "\\bjava(x)?\\.[\\w.]+.*\\bruntime\\b",
          "\\bruntime\\b.*\\bjava(x)?\\.[\\w.]+",
          "\\b(processbuilder|unmarshaller|base64data)\\b.*\\bjava"),
      Rule.of(
              "QS-JAVA-02",
              JAVA_INJECTION,
              "names of classes of the platform and of libraries with known holes",
              "\\bjava\\.(applet|beans|rmi|security)\\.[a-z]",
              "\\bjava\\.awt\\.(robot|desktop|toolkit|image|datatransfer|event)\\b",
              "\\bjava\\.lang\\.(appendable|boolean|byte|character|charsequence|class\\w*|comparable|compiler|double|enum|float|inheritable\\w*|integer|invoke|iterable|long|management|math|module\\w*"
                  + "|number|object|package|process\\w*|readable|record|ref|reflect|runnable|runtime|security\\w*|short|stack\\w*|strictmath|string\\w*|system|thread\\w*|throwable|unix\\w*|void)\\b",
              "\\bjava\\.io\\.(\\w*(stream|reader|writer)|file\\w*|closeable|console|externalizable|serializable|object\\w*|random\\w*|pipe\\w*)\\b",
              "\\bjava\\.net\\.(\\w*socket\\w*|\\w*ur[il]\\w*|inet\\w*|network\\w*|proxy\\w*|cookie\\w*|datagram\\w*|http\\w*|jar\\w*|authenticator|content\\w*|interfaceaddress|password\\w*)\\b",
              "\\bjava\\.nio\\.(file|channels|charset|buffer|bytebuffer)\\b",
              "\\bjava\\.sql\\.(driver\\w*|connection|\\w*statement|resultset)\\b",
              "\\bjava\\.util\\.(scanner|priorityqueue|hashmap|hashtable|hashset|linkedhash\\w+|treemap|base64|timer\\w*|jar|zip|logging|prefs|\\w*resourcebundle|serviceloader|formatter|locale|regex|stringjoiner|uuid|comparator|concurrent\\.(\\w*executor\\w*|thread\\w*|fork\\w*|callable|atomic))\\b",
              "\\bjavax\\.(activation|crypto|el|faces|imageio|management|naming|net|print|rmi|script|security|servlet|sql|swing|tools|xml|ws|persistence|ejb|media|annotation)\\b",
              "\\bjakarta\\.(el|faces|servlet|persistence|xml|ejb)\\.",
              "\\bsun\\.(misc|reflect|rmi|jndi|net|security|tracing|print|corba|swing|awt|applet|tools|nio)\\.",
              "\\bjdk\\.(internal|nashorn|jshell|jfr)\\b",
              "\\bcom\\.(sun|opensymphony|mchange|mysql|zaxxer|rometools|fasterxml|alibaba|ibatis|thoughtworks|ibm|bea|oracle|vaadin|caucho|newrelic|p6spy|nqadmin|pastdev|mchange|github\\.veithen|rsmenuso|google\\.common|google\\.gwt|jolbox|unboundid)\\.[a-z]",
              "\\borg\\.omg\\.|(^|[^\\w.])springframework\\.(context|beans|core|web|expression|jndi|util)\\b",
              "\\borg\\.springframework\\.(context|beans|core|web|expression|jndi|util|aop|cglib|jms|transaction|scheduling|ejb|orm|jdbc|scripting|ldap)\\b",
              "\\borg\\.apache\\.(activemq|aries|axis2?|batik|bcel|camel|catalina|cocoon|commons|coyote|cxf|derby|dubbo|el|felix|geronimo|groovy|http|ibatis|jackrabbit|jasper|jcs|johnzon|karaf|log4j|logging|myfaces|naming|ofbiz|ojb|openjpa|pdfbox|poi|servicemix|shiro|sling|solr|struts2?|tapestry|tika|tiles|tomcat|velocity|wicket|xalan|xbean|xerces|xmlrpc|xpath|zookeeper)\\b",
              "\\borg\\.(hibernate|codehaus|mozilla\\.javascript|jboss|eclipse|aspectj|python|jython|jruby|omg\\.corba|logicalcobwebs|quartz|reflections|h2|jdom|dom4j|ops4j|jdesktop|postgresql|docx4j|arrahtec|jsecurity|datanucleus|antlr|reactive|zkoss|thymeleaf|w3c\\.dom|xml\\.sax|ietf\\.jgss|modelmapper)\\.[a-z]",
              "\\b(oracle\\.(jdbc|jms|net)|ognl\\.(ognl|ognlcontext|\\w+)|groovy\\.(lang|util|grape|sql)|freemarker\\.|clojure\\.|bsh\\.interpreter|flex\\.messaging|br\\.com\\.anteros|ch\\.qos\\.logback|net\\.sf\\.(ehcache|cglib|json)|me\\.about\\.widget|kotlin\\.|scala\\.)[\\w.]*",
              "(^|[^\\w/])l?java/(lang|util|io|net|beans|rmi)/\\w+",
              "[({,=$#%@'!<\\[]\\s*(java|javax|jakarta|sun|jdk)\\.[a-z]+\\.[a-z]",
              "[({,=$#%@'\"!<\\[]\\s*(java|javax|jakarta|sun|jdk)\\.[a-z.]+\\b[^\\w.\\s:]")
          .score(Rule.CRITICAL),
      Rule.of(
              "QS-JAVA-03",
              JAVA_INJECTION,
              "look-ups in log messages",
              "\\$\\{\\s*(jndi|ctx|env|sys|java|lower|upper|main|log4j|k8s|docker|spring|web|bundle|date|map|marker|sd|event|base64|base64decoder|base64encoder|script|dns|url|urldecoder|urlencoder|const|file|resourcebundle|properties|xml|xmldecoder|localhost|jvmrunargs|hostname)\\s*:",
              "\\$\\{[^}]{0,64}\\$\\{",
              "\\$\\{[^}a-z]{0,8}:[^}]{0,20}-",
              "\\$\\{::",
              "\\bjndi:[a-z]{2,8}:",
              "\\$\\{[^}]*\\b(j\\W{0,3}n\\W{0,3}d\\W{0,3}i)\\b",
              "\\$\\{\\s*jndi\\b",
              "\\$\\$\\{\\w+:",
              "\\$\\{[^}]*:-?[a-z]?\\}",
              "\\bj\\}?\\s*ndi:",
              "\\$j\\s*ndi:",
              "\\b(ldap|ldaps|rmi|iiop|corba|nis|nds)://[\\w.\\[-]")
          .also(Views.COMPACT),
      Rule.of(
          "QS-JAVA-04",
          JAVA_INJECTION,
          "expressions of OGNL, SpEL and EL",
          "#(request|response|session|parameters|attr|application|context|root|servletcontext|this)\\s*[.\\[]",
          "\\$\\{\\s*\\(?(application|session|request|page|param|header|cookie|init)(scope|context|values|param)?\\s*[.}\\[]",
          "#_memberaccess|@ognl|#context\\b|#session\\b|#attr\\b|#parameters\\b|#application\\.|\\bdenymethodexecution\\b|\\ballowstaticmethodaccess\\b|\\bxwork\\.methodaccessor",
          "@[a-z]+(\\.[\\w]+)+@\\w+",
          "\\b(redirect|action|redirectaction|method):\\s*[\\w:]*\\s*[%$#]?\\s*\\{",
          "[$#%*]\\{[^}]*(\\.class|getclass|forname|runtime|processbuilder|classloader|exec\\s*\\(|eval\\s*\\(|\\bt\\s*\\(|\\bnew\\s+[a-z]|@\\w|#\\w+\\s*=|[0-9]\\s*[*+-]\\s*[0-9]|request|response|session|context|systemproperties|param|header|cookie|facescontext|['\"])",
          "\\bt\\s*\\(\\s*(java|javax|org|com|system|runtime|t)\\b",
          "\\(#\\w+\\s*=",
          "%\\{\\s*\\(?\\s*[#'\"]",
          "#\\{[^}]*\\([^}]*\\)[^}]*\\}",
          "\\bclass\\s*[.\\[]\\s*['\"]?\\s*(module|classloader|protectiondomain|forname)\\b",
          "\\bclassloader\\s*\\.\\s*(resources|parent|urls|defaultassertionstatus)",
          "\\bsuffix\\s*=\\s*\\.jsp|pipeline\\.first\\.",
          "\\b(filesystem|classpath)xmlapplicationcontext\\b",
          "</?jsp:\\w",
          "<%@\\s*(page|include|taglib)\\b"),
      Rule.of(
          "QS-JAVA-05",
          JAVA_INJECTION,
          "calls by reflection",
          "\\.\\s*(getclass|getruntime|newinstance|getdeclared\\w+|getmethods?|getconstructors?|defineclass|loadclass|getenginebyname|getsystemclassloader|getclassloader|getprotectiondomain|getexternalcontext|getcodesource|setaccessible|invokemethod)\\s*\\(",
          "\\b(get)?class\\s*(\\(\\s*\\))?\\s*\\.\\s*forname\\s*\\(",
          "\\bgetruntime\\s*\\(\\s*\\)",
          "\\.\\s*exec\\s*\\(\\s*[\"'`\\w]",
          "\\bsystem\\s*\\.\\s*(exit|getenv|getproperty|loadlibrary|load|setproperty|setsecuritymanager)\\s*\\(",
          "\\bget(class|classloader|runtime|protectiondomain|session|request|response|servletcontext)\\s*\\(\\s*\\)\\s*[.\\[]",
          "\\bnew\\s+(java|javax)\\.",
          "\\bnew\\s+(processbuilder|file\\w*|(buffered|input|output|data|object|print|string|random)\\w*(reader|writer|stream|file)|scanner|string\\s*\\(\\s*(new|byte|java)|groovyshell|elprocessor|urlclassloader|xmldecoder|socket|url|scriptengine|objectinputstream|initialcontext)\\s*\\(",
          "\\bgetinputstream\\s*\\(",
          "\\b(multipart)?\\.?getwriter\\s*\\(\\s*\\)"),
      Rule.of(
          "QS-JAVA-06",
          JAVA_INJECTION,
          "serialized objects",
          "\\bro0ab[a-z0-9+/]",
          "\\bkztaa[a-z0-9+/]",
          "\\bcs7qa[a-z0-9+/]",
          "\\baced0005",
          "\\u\\u\\x00\\x05",
          "\\bh4siaaaaaaa",
          "@type['\"]?\\s*[:=]\\s*['\"]",
          "\\bgadget\\w*\\s*:",
          "!!(java|javax|com|org|sun)\\.",
          "<(java|object)\\s+(version|class)\\s*=",
          "\\byv66vg"),
      Rule.of(
              "QS-JAVA-07",
              JAVA_INJECTION,
              "words of Java's runtime",
              "\\b(runtime|processbuilder|classloader|invoke|reflect)\\b.*[.(]")
          .paranoia(3)
          .notInProse());

  private JavaRules() {}
}
