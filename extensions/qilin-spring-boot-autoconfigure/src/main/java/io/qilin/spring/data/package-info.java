/**
 * Market data and factors as beans: the providers, the chain of sources, the quality gate, the factor engine. Start at
 * {@link io.qilin.spring.data.DataAutoConfiguration}.
 */
@NullMarked
package io.qilin.spring.data;

import org.jspecify.annotations.NullMarked;
