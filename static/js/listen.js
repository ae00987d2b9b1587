(()=>{
"use strict";
const b=document.getElementById("hear"),s=window.speechSynthesis;
if(!b||!s)return;
const d=b.dataset,t=b.lastChild,says=t.textContent,base=d.lang.split("-")[0];
const voice=()=>s.getVoices().find(v=>v.lang.replace("_","-").split("-")[0]===base);
const show=()=>{b.hidden=!voice()};
const end=()=>{t.textContent=says};
show();
if(s.addEventListener)s.addEventListener("voiceschanged",show);
b.addEventListener("click",()=>{
if(s.speaking){s.cancel();return end()}
const u=new SpeechSynthesisUtterance(d.text);
u.voice=voice();u.lang=d.lang;u.rate=.9;u.onend=u.onerror=end;
t.textContent=d.stop;
s.speak(u);
});
addEventListener("pagehide",()=>s.cancel());
})();
