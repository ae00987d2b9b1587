(()=>{
"use strict";
const b=document.getElementById("hear"),s=window.speechSynthesis;
if(!b||!s)return;
const lang=document.documentElement.lang,base=lang.split("-")[0];
const voice=()=>s.getVoices().find(v=>v.lang.replace("_","-").split("-")[0]===base);
const show=()=>{b.hidden=!voice()};
show();
if(s.addEventListener)s.addEventListener("voiceschanged",show);
b.addEventListener("click",()=>{
if(s.speaking){s.cancel();return}
const u=new SpeechSynthesisUtterance(b.dataset.text);
u.voice=voice();u.lang=lang;u.rate=.9;
s.speak(u);
});
})();
