import { chromium } from 'playwright';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { cameraFeedFile } from './e2e/support/camera-feeds.ts';
import { chromiumArgs } from './e2e/browser.ts';
import { startServer } from './src/server/index.ts';
const vision = process.argv[2] ?? 'auto', feed = process.argv[3] ?? 'one-adult', [w,h]=(process.argv[4]??'1280x800').split('x').map(Number);
const server = await startServer({ port: 0, host: 'localhost', dataDir: mkdtempSync('/tmp/look-data-'), databaseUrl: null, publicUrl: null, tls: null, isDemo: true, now: () => Date.now(), random: (n) => new Uint8Array(randomBytes(n)), demoSettings: { vision } });
console.log(server.url);
console.log('launch');const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumArgs({ cameraFeed: await cameraFeedFile(feed) }) });
const page = await browser.newPage({ viewport: { width: w, height: h } });
page.on('console', (m) => console.log('console', m.type(), m.text())); page.on('pageerror', (e) => console.log('pageerror', e.message));
page.on('requestfailed', (r) => console.log('failed', r.url(), r.failure()?.errorText));
const shot = (n) => page.screenshot({ path: `/tmp/look/${n}-${w}.png` });
const step = (s) => page.locator(`[data-step=${s}]`).waitFor({ timeout: 60000 });


await page.goto(server.url+'/healthz');
await page.goto(server.url); await step('attract');
const url = await page.evaluate(() => fetch('/').then(r=>r.text()));
import { readdirSync } from 'node:fs';
const wk = readdirSync('dist/assets').find(f=>f.startsWith('worker-')&&f.endsWith('.js'));
console.log(await page.evaluate((u) => new Promise(res => { const w = new Worker(u,{type:'module'}); w.onerror = e => res([e.message, e.filename, e.lineno, e.colno]); w.onmessage = e => res(e.data); w.postMessage({id:1,message:{kind:'warm-up',prefer:'wasm'}}); setTimeout(()=>res('timeout'),15000) }), '/assets/'+wk));
for (const w of page.workers()) { try { console.log(w.url(), await Promise.race([w.evaluate(async () => { const out=[]; for (const u of ['/models/tiny_face_detector_model.bin','/models/age_gender_model-weights_manifest.json']) { try { const r = await fetch(u); out.push([u, r.status, (await r.arrayBuffer()).byteLength]); } catch (e) { out.push(String(e)) } } return out; }), new Promise(r=>setTimeout(r,4000,'busy'))])); } catch(e) { console.log(e.message) } }
await browser.close(); await server.close();
