/**
 * Qilin in a Spring Boot application: each type of Qilin that an application injects is a bean that backs off when the
 * application has its own. No bean is of a foreign type. Start at {@link io.qilin.spring.QilinAutoConfiguration}.
 */
@NullMarked
package io.qilin.spring;

import org.jspecify.annotations.NullMarked;
